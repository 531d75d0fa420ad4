/// From UTF-16 to UTF-8, piece by piece; what is no character becomes U+FFFD.
struct UTF16Decoder {
    private let isBigEndian: Bool
    private var rest: [UInt8] = []

    /// A decoder for a text that begins with a byte order mark, or nil.
    init?(start: [UInt8]) {
        if start.starts(with: [0xFF, 0xFE]) {
            isBigEndian = false
        } else if start.starts(with: [0xFE, 0xFF]) {
            isBigEndian = true
        } else {
            return nil
        }
    }

    /// Decodes a piece; half a character at its end waits for the next one.
    mutating func decode(_ piece: [UInt8]) -> [UInt8] {
        let bytes = rest + piece
        var units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        rest = bytes.count % 2 == 0 ? [] : [bytes[bytes.count - 1]]
        if let last = units.last, UTF16.isLeadSurrogate(last) {
            units.removeLast()
            rest.insert(contentsOf: bytes[(units.count * 2)..<(units.count * 2 + 2)], at: 0)
        }
        var text: [UInt8] = []
        text.reserveCapacity(units.count)
        _ = transcode(
            units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false
        ) { text.append($0) }
        return text
    }
}
