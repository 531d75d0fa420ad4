/// What a map or a record has in one place, and how people are shown it.
package enum ProgramCell: Sendable, Equatable {
    case number(UInt64)
    case signed(Int64)
    case boolean(Bool)
    case real(Double)
    case hexadecimal(UInt64)
    /// Nanoseconds.
    case duration(UInt64)
    /// Nanoseconds since 1970.
    case time(UInt64)
    case text(String)
    case words([String])
    case list([ProgramCell])
    /// The record or value was too short for it.
    case missing

    /// As people are shown it.
    package var text: String {
        switch self {
        case .number(let number): String(number)
        case .signed(let number): String(number)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .real(let number): "\(number)"
        case .hexadecimal(let number): "0x" + String(number, radix: 16)
        case .duration(let nanoseconds): HumanUnits.duration(nanoseconds)
        case .time(let nanoseconds): HumanUnits.time(nanoseconds)
        case .text(let text): HarmlessText.of(text)
        case .words(let words): words.map(Self.quoted).joined(separator: " ")
        case .list(let cells): cells.map(\.text).joined(separator: ",")
        case .missing: "?"
        }
    }

    /// A word as a shell would have it, so that it can be told from two.
    private static func quoted(_ word: String) -> String {
        let text = HarmlessText.of(word)
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                true
            default: "-_./:=,+@%".utf8.contains(byte)
            }
        }
        if isPlain, !text.isEmpty { return text }
        return "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }

    /// What tables are sorted by.
    package var magnitude: Double {
        switch self {
        case .number(let number), .hexadecimal(let number), .duration(let number),
            .time(let number):
            Double(number)
        case .signed(let number): Double(number)
        case .real(let number): number
        default: 0
        }
    }
}
