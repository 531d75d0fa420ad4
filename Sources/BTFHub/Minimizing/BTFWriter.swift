internal import Bytes

/// Puts together the bytes of type information.
struct BTFWriter {
    private let byteOrder: ByteOrder
    private var types: [UInt8] = []
    private var strings: [UInt8] = [0]
    private var offsets: [String: UInt32] = ["": 0]

    init(byteOrder: ByteOrder) {
        self.byteOrder = byteOrder
    }

    /// Appends a type; what belongs to it by its kind follows as words.
    mutating func append(
        _ kind: BTFKind, name: String, count: Int = 0, flag: Bool = false, sizeOrTarget: UInt32
    ) {
        let info = UInt32(kind.rawValue) << 24 | UInt32(count) | (flag ? 1 << 31 : 0)
        append([offset(of: name), info, sizeOrTarget])
    }

    /// Appends words to the last type.
    mutating func append(_ words: [UInt32]) {
        for word in words { Self.append(word, to: &types, byteOrder) }
    }

    /// Where a name is among the strings; each is there once.
    mutating func offset(of name: String) -> UInt32 {
        if let offset = offsets[name] { return offset }
        let offset = UInt32(strings.count)
        strings += Array(name.utf8) + [0]
        offsets[name] = offset
        return offset
    }

    /// The whole: header, types, strings.
    func bytes() -> [UInt8] {
        let isLittle = byteOrder == .little
        // Magic, version 1, no flags.
        var bytes: [UInt8] = isLittle ? [0x9f, 0xeb, 1, 0] : [0xeb, 0x9f, 1, 0]
        let counts = [
            BTFHeader.size, 0, UInt32(types.count), UInt32(types.count), UInt32(strings.count),
        ]
        for word in counts { Self.append(word, to: &bytes, byteOrder) }
        return bytes + types + strings
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8], _ byteOrder: ByteOrder) {
        let ordered = byteOrder == .little ? word.littleEndian : word.bigEndian
        withUnsafeBytes(of: ordered) { bytes += $0 }
    }
}
