/// Named addresses as `addr2line -afi` prints them: the address, then for each function, the
/// innermost first, a line with its name and one with the place in the source.
package enum NamedAddressText {
    /// Appends the lines of an address.
    package static func append(_ address: NamedAddress, to text: inout [UInt8]) {
        switch address.question {
        case .number(let number): appendAddress(number, to: &text)
        case .invalid(let question): appendLine(HarmlessText.of(question), to: &text)
        }
        guard !address.functions.isEmpty else {
            text += "??\n??:0\n".utf8
            return
        }
        for function in address.functions {
            appendLine(function.name.map(HarmlessText.of) ?? "??", to: &text)
            text += (function.file.map(HarmlessText.of) ?? "??").utf8
            text.append(UInt8(ascii: ":"))
            appendLine(function.line > 0 ? String(function.line) : "?", to: &text)
        }
    }

    private static func appendLine(_ line: String, to text: inout [UInt8]) {
        text += line.utf8
        text.append(UInt8(ascii: "\n"))
    }

    private static func appendAddress(_ number: UInt64, to text: inout [UInt8]) {
        text += "0x".utf8
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: (number >> UInt64(shift)) & 0xf)
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        text.append(UInt8(ascii: "\n"))
    }
}
