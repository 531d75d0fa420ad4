internal import Bytes

/// Texts of frames as they are kept, each once: a length of four bytes, and as many bytes.
struct FrameTexts {
    /// All texts, one behind the other.
    private(set) var bytes: [UInt8]
    private var places: [String: UInt32] = [:]

    /// Adds to the bytes of others, which are not looked through.
    init(after bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Where a text is.
    mutating func place(of text: String) -> UInt32 {
        if let known = places[text] { return known }
        let place = UInt32(clamping: bytes.count)
        places[text] = place
        bytes.append(bytesOf: UInt32(clamping: text.utf8.count))
        bytes += text.utf8
        return place
    }
}
