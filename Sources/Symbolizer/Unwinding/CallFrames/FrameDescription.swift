internal import Bytes

/// What the entry of a function says (an FDE): where the function is, and its instructions.
struct FrameDescription {
    /// The function's first address.
    let start: UInt64
    /// How many bytes it has.
    let size: UInt64
    /// Where its instructions are in the section.
    let instructions: Range<Int>

    /// Decodes an entry.
    ///
    /// - Throws: `CallFrameError` if its bytes end too early or its addresses have a form that
    ///   uprof does not know.
    init(
        parsing entry: CallFrameSection.Entry, of section: CallFrameSection,
        _ common: CommonFrameInformation
    ) throws(CallFrameError) {
        let bytes = section.contents.bytes.extracting(0..<entry.body.upperBound)
        var reader = try CallFrameReader(bytes, at: entry.body.lowerBound)
        try reader.skip(common.segmentSize)
        start = try common.pointers.read(&reader, bases: section.bases)
        size = try common.pointers.ofSize.read(&reader, bases: section.bases)
        if common.hasAugmentation { _ = try reader.readBlock() }
        instructions = reader.position..<entry.body.upperBound
    }
}
