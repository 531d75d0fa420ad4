internal import Bytes

/// A section of call frame information: `.eh_frame`, or `.debug_frame` of the debug information.
///
/// Sources: DWARF 5, section 6.4.1; LSB Core 5, section 10.6.1.
struct CallFrameSection: Sendable {
    /// Which of two formats it has; they differ in how entries refer to each other.
    enum Format: Sendable {
        /// `.eh_frame`: pointers of many forms, references lead back from where they are.
        case exceptions
        /// `.debug_frame`: plain addresses, references count from the start of the section.
        case debugging
    }

    /// Its bytes.
    let contents: SectionBytes
    /// Which format it has.
    let format: Format
    /// What its pointers are relative to.
    let bases: PointerEncoding.Bases

    /// The header of an entry, of either kind.
    struct Entry {
        /// Where what is behind the header starts, and where the entry ends.
        let body: Range<Int>
        /// Where the common part starts that it belongs to; nil where it is a common part itself.
        let common: Int?
    }

    /// Reads the header of the entry at an offset.
    ///
    /// - Returns: The entry, and where the next one starts. There is no entry where a length of
    ///   zero ends what one linked file brought; there can be more behind it.
    /// - Throws: `CallFrameError` if its length cannot be, so that nobody knows where the next
    ///   one starts.
    func entry(at offset: Int) throws(CallFrameError) -> (entry: Entry?, next: Int) {
        var reader = try CallFrameReader(contents.bytes, at: offset)
        var length = UInt64(try reader.readUInt32())
        guard length > 0 else { return (nil, reader.position) }
        let isLarge = length == 0xffff_ffff
        if isLarge { length = try reader.readUInt64() }
        let start = reader.position
        try reader.skip(length)
        let end = reader.position
        // .eh_frame has four bytes for the reference in its large form too (10.6.1.1).
        let size: UInt64 = isLarge && format == .debugging ? 8 : 4
        guard length >= size else { return (nil, end) }
        var place = try CallFrameReader(contents.bytes, at: start)
        let reference = size == 8 ? try place.readUInt64() : UInt64(try place.readUInt32())
        let entry = Entry(
            body: place.position..<end,
            common: common(of: reference, at: start, isLarge: isLarge))
        return (entry, end)
    }

    /// Where the common part is that a reference means; nil where it marks a common part.
    private func common(of reference: UInt64, at place: Int, isLarge: Bool) -> Int? {
        switch format {
        // One that leads out of the section fails when it is followed.
        case .exceptions: reference == 0 ? nil : place - Int(clamping: reference)
        case .debugging:
            reference == (isLarge ? .max : 0xffff_ffff) ? nil : Int(clamping: reference)
        }
    }
}
