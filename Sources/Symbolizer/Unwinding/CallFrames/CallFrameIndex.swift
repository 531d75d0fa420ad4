internal import Bytes

/// The index of `.eh_frame` (`.eh_frame_hdr`, the segment `PT_GNU_EH_FRAME`), which tells where
/// the section and the entry of each function are when there are no section headers to tell.
///
/// Source: LSB Core 5, section 10.6.2.
struct CallFrameIndex {
    /// The address of `.eh_frame`.
    let section: UInt64
    /// The addresses of the entries; empty where the index has no table.
    let entries: [UInt64]

    /// Decodes an index, which is at an address in memory.
    ///
    /// - Throws: `CallFrameError` if it does not say where the section is.
    init(parsing bytes: RawSpan, address: UInt64) throws(CallFrameError) {
        var reader = try CallFrameReader(bytes, at: 0)
        guard try reader.readUInt8() == 1 else { throw CallFrameError() }
        let sectionForm = PointerEncoding(rawValue: try reader.readUInt8())
        let countForm = PointerEncoding(rawValue: try reader.readUInt8())
        let tableForm = PointerEncoding(rawValue: try reader.readUInt8())
        let bases = PointerEncoding.Bases(section: address, index: address)
        section = try sectionForm.read(&reader, bases: bases)
        var entries: [UInt64] = []
        if countForm != .omitted, tableForm != .omitted,
            let count = try? countForm.read(&reader, bases: bases)
        {
            for _ in 0..<count {
                guard (try? tableForm.read(&reader, bases: bases)) != nil,
                    let entry = try? tableForm.read(&reader, bases: bases)
                else { break }
                entries.append(entry)
            }
        }
        self.entries = entries
    }
}
