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

    /// How many bytes there are.
    package var byteCount: Int { range.count }

    /// The bytes.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get { file.bytes.extracting(range) }
    }

    /// The string at an offset, or nil where there is none or an empty one.
    func text(at offset: UInt64) -> String? {
        let bytes = bytes
        guard let text = bytes.cString(at: offset), text.byteCount > 0 else { return nil }
        return text.text
    }
}
