/// Text with mangled names in it to the same text with those of the source, as it streams by.
///
/// A name is a run of the characters that mangled names are made of; whatever is none of a known
/// language stays as it is, byte for byte, in any encoding. So does a full stop behind a name.
package struct DemanglingFilter {
    /// The name that has begun and not ended yet.
    private var name: [UInt8] = []

    /// Longer runs are data, not names, and are passed on before they end.
    private static let longestName = 64 << 10

    /// A filter at the start of a text.
    package init() {}

    /// The text so far, up to the last name that may go on.
    package mutating func transform(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            if Self.isNameByte(byte) {
                name.append(byte)
                if name.count > Self.longestName { passOn(to: &result) }
            } else {
                endName(in: &result)
                result.append(byte)
            }
        }
        return result
    }

    /// The rest, once the text has ended.
    package mutating func finish() -> [UInt8] {
        var result: [UInt8] = []
        endName(in: &result)
        return result
    }

    private mutating func endName(in result: inout [UInt8]) {
        guard !name.isEmpty else { return }
        guard Self.mayBeMangled(name) else { return passOn(to: &result) }
        let stops = name.reversed().prefix { $0 == UInt8(ascii: ".") }.count
        let plain = String(decoding: name.dropLast(stops), as: UTF8.self)
        guard let demangled = Demangler.demangle(plain) else { return passOn(to: &result) }
        result += demangled.utf8
        result += name.suffix(stops)
        name.removeAll(keepingCapacity: true)
    }

    private mutating func passOn(to result: inout [UInt8]) {
        result += name
        name.removeAll(keepingCapacity: true)
    }

    /// Most words of a text are told by their first byte.
    private static func mayBeMangled(_ name: [UInt8]) -> Bool {
        name.count > 2 && (name[0] == UInt8(ascii: "_") || name[0] == UInt8(ascii: "$"))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
