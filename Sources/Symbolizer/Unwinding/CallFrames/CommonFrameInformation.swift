internal import Bytes

/// What the entries of many functions have in common (a CIE).
struct CommonFrameInformation: Sendable {
    /// What one step of code is, in bytes.
    private(set) var codeAlignment: UInt64
    /// What one step on the stack is, in bytes.
    private(set) var dataAlignment: Int64
    /// How addresses are written.
    private(set) var pointers = PointerEncoding.absolute
    /// How many bytes the selector of a segment has in front of an address.
    private(set) var segmentSize: UInt64 = 0
    /// Whether entries have data behind their addresses.
    private(set) var hasAugmentation = false
    /// Whether the code is what signal handlers return to.
    private(set) var isSignalFrame = false
    /// Where the instructions are that each function starts with.
    private(set) var instructions = 0..<0

    /// The number of the return address among the registers of x86-64.
    private static let returnAddress: UInt64 = 16

    /// Decodes the common part that starts at an offset of a section.
    ///
    /// - Throws: `CallFrameError` if there is none, or it has a form that uprof does not know.
    init(of section: CallFrameSection, at offset: Int) throws(CallFrameError) {
        guard let entry = try section.entry(at: offset).entry, entry.common == nil else {
            throw CallFrameError()
        }
        let bytes = section.contents.bytes.extracting(0..<entry.body.upperBound)
        var reader = try CallFrameReader(bytes, at: entry.body.lowerBound)
        let version = try reader.readUInt8()
        guard version == 1 || version == 3 || version == 4 else { throw CallFrameError() }
        let augmentation = try reader.readString()
        if version == 4 {
            guard try reader.readUInt8() == 8 else { throw CallFrameError() }
            segmentSize = UInt64(try reader.readUInt8())
        }
        // A pointer to exception data, of GCC 2.
        if augmentation == Array("eh".utf8) { try reader.skip(8) }
        codeAlignment = try reader.readULEB128()
        dataAlignment = try reader.readSLEB128()
        let column = version == 1 ? UInt64(try reader.readUInt8()) : try reader.readULEB128()
        guard column == Self.returnAddress else { throw CallFrameError() }
        guard augmentation.first == UInt8(ascii: "z") else {
            // Without a length, only what has no data can be passed over.
            guard augmentation.isEmpty || augmentation == Array("eh".utf8) else {
                throw CallFrameError()
            }
            instructions = reader.position..<entry.body.upperBound
            return
        }
        hasAugmentation = true
        let data = try reader.readBlock()
        instructions = reader.position..<entry.body.upperBound
        var fields = try CallFrameReader(bytes.extracting(0..<data.upperBound), at: data.lowerBound)
        try readAugmentation(augmentation.dropFirst(), &fields)
    }

    /// Reads what the letters of an augmentation say is there.
    private mutating func readAugmentation(
        _ letters: ArraySlice<UInt8>, _ fields: inout CallFrameReader
    ) throws(CallFrameError) {
        for letter in letters {
            switch letter {
            case UInt8(ascii: "L"): _ = try fields.readUInt8()
            case UInt8(ascii: "P"):
                try PointerEncoding(rawValue: fields.readUInt8()).skip(&fields)
            case UInt8(ascii: "R"): pointers = PointerEncoding(rawValue: try fields.readUInt8())
            case UInt8(ascii: "S"): isSignalFrame = true
            // How arm64 signs return addresses and tags memory; they have no data.
            case UInt8(ascii: "B"), UInt8(ascii: "G"): break
            default: throw CallFrameError()
            }
        }
    }
}
