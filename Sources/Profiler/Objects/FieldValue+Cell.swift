internal import BTFHub
internal import Report

extension FieldValue {
    /// What is shown of it.
    func cell(_ format: ObjectMap.Format) -> ProgramCell {
        switch (self, format) {
        case (_, .text): .text(EscapedText.of(bytes.prefix { $0 != 0 }))
        case (_, .words): .words(Self.words(of: bytes))
        case (_, .hexadecimal): .hexadecimal(number)
        case (_, .duration): .duration(number)
        case (_, .time): .time(MeasurementClock.calendarNanoseconds(at: number))
        case (.unsigned(let number), .plain): .number(number)
        case (.signed(let number), .plain): .signed(number)
        case (.boolean(let boolean), .plain): .boolean(boolean)
        case (.real(let number), .plain): .real(number)
        case (.enumerator(let name), .plain): .text(name)
        case (.characters(let bytes), .plain): .text(EscapedText.of(bytes.prefix { $0 != 0 }))
        case (.list(let values), .plain): .list(values.map { $0.cell(.plain) })
        }
    }

    /// Its number, without a sign; 0 of what is none.
    var number: UInt64 {
        switch self {
        case .unsigned(let number): number
        case .signed(let number): UInt64(bitPattern: number)
        default: 0
        }
    }

    /// Its numbers, if it is a list.
    var numbers: [UInt64] {
        if case .list(let values) = self { values.map(\.number) } else { [] }
    }

    private var bytes: [UInt8] {
        if case .characters(let bytes) = self { return bytes }
        return numbers.map { UInt8(truncatingIfNeeded: $0) }
    }

    /// Words with a zero behind each; those that are empty at the end are but room.
    private static func words(of bytes: [UInt8]) -> [String] {
        var words = bytes.split(separator: 0, omittingEmptySubsequences: false)
        while words.last?.isEmpty == true { words.removeLast() }
        return words.map { EscapedText.of($0) }
    }

    /// What the values of all processors come to: numbers are added, of all else the first counts.
    func adding(_ other: FieldValue) -> FieldValue {
        switch (self, other) {
        case (.unsigned(let left), .unsigned(let right)): .unsigned(left &+ right)
        case (.signed(let left), .signed(let right)): .signed(left &+ right)
        case (.list(let left), .list(let right)): .list(zip(left, right).map { $0.adding($1) })
        default: self
        }
    }
}

/// Texts from programs, which need not be any.
enum EscapedText {
    /// The text; bytes that are no UTF-8 become `\xff`.
    static func of(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        // U+FFFD may have been there, or stand for what was not valid.
        guard text.unicodeScalars.contains("\u{FFFD}") else { return text }
        var result = ""
        var decoder = UTF8()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                result.unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                let digits = String(rest[rest.startIndex], radix: 16)
                result += "\\x" + (digits.count < 2 ? "0" : "") + digits
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
