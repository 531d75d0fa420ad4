package import Bytes

/// The bytes of a section, ready to read: a part of the mapped file, or what was decompressed
/// from it. A value that shares what it points into.
package struct SectionBytes: Sendable {
    private let file: MappedFile
    private let range: Range<Int>

    /// A part of a file; the range must be inside.
    package init(_ file: MappedFile, range: Range<Int>) {
        self.file = file
        self.range = range.clamped(to: 0..<file.bytes.byteCount)
    }

    /// Bytes that are in memory already.
    package init(contents: [UInt8]) {
        self.init(MappedFile(contents: contents), range: 0..<contents.count)
    }

    /// The bytes.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get { file.bytes.extracting(range) }
    }
}
