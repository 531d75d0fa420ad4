internal import Bytes

/// Where the parts of a Go program's table of functions are: its header (`runtime.pcHeader`, and
/// `debug/gosym` of the Go sources, which reads all four versions).
struct GoTableLayout {
    /// The releases of Go that changed the layout.
    enum Version: UInt32 {
        case go12 = 0xffff_fffb
        case go116 = 0xffff_fffa
        case go118 = 0xffff_fff0
        case go120 = 0xffff_fff1
    }

    let version: Version
    /// What program counters are multiples of.
    let quantum: UInt64
    /// How many functions there are.
    let functionCount: UInt64
    /// What the offsets of functions count from, before 1.18 nothing.
    var textStart: UInt64 = 0
    /// Offsets within the table.
    var names: UInt64 = 0
    var units: UInt64 = 0
    var files: UInt64 = 0
    var values: UInt64 = 0
    var functions: UInt64 = 0

    /// Where the header states the start of the text.
    static let textStartOffset: UInt64 = 24
    /// The size of a pointer; programs of 32 bits are none of ours.
    private static let pointerSize: UInt8 = 8

    /// The size of an entry of the table of functions: an address and the offset of the rest.
    var entrySize: UInt64 { hasOffsets ? 8 : 16 }
    /// Whether functions are at offsets of 32 bits from the start of the text.
    var hasOffsets: Bool { version == .go118 || version == .go120 }
    /// The size of the first field of what is told of a function: its address again.
    var addressSize: UInt64 { hasOffsets ? 4 : 8 }

    /// Decodes a header.
    ///
    /// - Throws: `ByteError` if the bytes end within it.
    init?(parsing cursor: inout ByteCursor) throws(ByteError) {
        guard let version = Version(rawValue: try cursor.readUInt32()),
            try cursor.readUInt16() == 0
        else { return nil }
        let quantum = try cursor.readUInt8()
        guard [1, 2, 4].contains(quantum), try cursor.readUInt8() == Self.pointerSize else {
            return nil
        }
        self.version = version
        self.quantum = UInt64(quantum)
        functionCount = try cursor.readUInt64()
        if version == .go12 {
            // Everything else counts from the start of the table.
            functions = UInt64(cursor.position)
            return
        }
        try cursor.skip(8)  // the number of files
        if hasOffsets { textStart = try cursor.readUInt64() }
        names = try cursor.readUInt64()
        units = try cursor.readUInt64()
        files = try cursor.readUInt64()
        values = try cursor.readUInt64()
        functions = try cursor.readUInt64()
    }
}
