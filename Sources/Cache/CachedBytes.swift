package import Bytes

/// What the cache has under a key: a mapped file.
package struct CachedBytes: Sendable {
    /// The mapped file, in which the bytes are behind a header.
    package let file: MappedFile
    /// Where the bytes are in the file.
    package let range: Range<Int>

    /// Bytes of a file.
    package init(file: MappedFile, range: Range<Int>) {
        self.file = file
        self.range = range
    }

    /// The bytes.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get { file.bytes.extracting(range) }
    }
}
