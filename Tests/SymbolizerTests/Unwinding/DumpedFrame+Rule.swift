@testable import Symbolizer

extension DumpedFrame {
    private static let numbers: [Substring: UInt8] = [
        "rax": 0, "rdx": 1, "rcx": 2, "rbx": 3, "rsi": 4, "rdi": 5, "rbp": 6, "rsp": 7, "r8": 8,
        "r9": 9, "r10": 10, "r11": 11, "r12": 12, "r13": 13, "r14": 14, "r15": 15,
    ]

    /// What uprof should make of a row of readelf; nil where readelf does not tell what an
    /// expression is.
    func rule(tracksRBX: Bool) -> UnwindRule.Kind? {
        let returnAddress = registers["ra"] ?? "u"
        if returnAddress == "u" { return .endOfStack }
        if cfa == "exp" || cfa == "vexp" || registers.values.contains("exp") { return nil }
        guard registers["rsp"] ?? "u" == "u" else { return .unsupported(.stackPointer) }
        guard let cfa = Self.registerOffset(cfa), let rbp = Self.saved(registers["rbp"]),
            let rbx = Self.saved(registers["rbx"])
        else { return nil }
        let place: UnwindRule.ReturnAddress
        if let offset = Self.offset(returnAddress) {
            place = .atCFA(offset: offset)
        } else if let number = Self.numbers[returnAddress] {
            place = .register(number)
        } else {
            return nil
        }
        return .frame(
            .register(cfa.register, offset: cfa.offset), framePointer: rbp,
            rbx: tracksRBX ? rbx : .undefined, returnAddress: place)
    }

    /// `rsp+8`.
    private static func registerOffset(_ text: Substring) -> (register: UInt8, offset: Int32)? {
        guard let sign = text.firstIndex(where: { $0 == "+" || $0 == "-" }),
            let register = numbers[text[..<sign]], let offset = Int32(text[sign...])
        else { return nil }
        return (register, offset)
    }

    /// `c-16`.
    private static func offset(_ text: Substring) -> Int32? {
        text.hasPrefix("c") ? Int32(text.dropFirst()) : nil
    }

    private static func saved(_ text: Substring?) -> UnwindRule.Saved? {
        guard let text, text != "u", text != "s" else { return .same }
        if let offset = offset(text) { return .atCFA(offset: offset) }
        return numbers[text] == nil && !text.hasPrefix("v") ? nil : .undefined
    }

    /// What uprof should make of the CFA of a row of llvm-dwarfdump, if it is an expression; nil
    /// for one that is not known.
    var expressionCFA: UnwindRule.CFA? {
        let operations = cfa.split(separator: ", ")
        guard let base = operations.first, base.hasPrefix("DW_OP_breg"),
            let text = base.split(separator: " ").last,
            let (register, offset) = Self.registerOffset(Substring(text.lowercased()))
        else { return nil }
        let rest = operations.dropFirst().joined(separator: " ")
        let stub = "DW_OP_breg16 RIP+0 DW_OP_lit15 DW_OP_and DW_OP_lit"
        if rest.hasPrefix(stub), rest.hasSuffix(" DW_OP_ge DW_OP_lit3 DW_OP_shl DW_OP_plus"),
            let threshold = UInt8(rest.dropFirst(stub.count).prefix { $0 != " " })
        {
            return .linkageTable(offset: offset, threshold: threshold)
        }
        if rest == "DW_OP_deref" { return .dereferenced(register, offset: offset, added: 0) }
        let add = "DW_OP_deref DW_OP_plus_uconst 0x"
        guard rest.hasPrefix(add), let added = Int32(rest.dropFirst(add.count), radix: 16) else {
            return nil
        }
        return .dereferenced(register, offset: offset, added: added)
    }
}
