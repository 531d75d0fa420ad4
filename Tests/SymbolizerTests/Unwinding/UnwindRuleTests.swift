import SystemPackage
import Testing

@testable import Symbolizer

/// What becomes of each kind of rule: the functions of `TestTargets/unwinding/rules.S`, whose rows
/// are four bytes apart.
@Suite struct UnwindRuleTests {
    struct Case: CustomTestStringConvertible {
        var function: String
        var rows: [UnwindRule.Kind]

        var testDescription: String { function }
    }

    /// A frame of these functions; all have the image's `rbx`, which one of them needs.
    private static func frame(
        _ cfa: UnwindRule.CFA, _ rbp: UnwindRule.Saved = .same,
        _ returnAddress: UnwindRule.ReturnAddress = .atCFA(offset: -8)
    ) -> UnwindRule.Kind {
        .frame(cfa, framePointer: rbp, rbx: .same, returnAddress: returnAddress)
    }

    private static func rsp(
        _ offset: Int32, _ rbp: UnwindRule.Saved = .same
    ) -> UnwindRule.Kind { frame(.register(7, offset: offset), rbp) }

    private static let atRBP = UnwindRule.Saved.atRegister(6, offset: 0)

    static let cases = [
        Case(
            function: "rule_pushes",
            rows: [
                rsp(8), rsp(16, .atCFA(offset: -16)),
                frame(.register(6, offset: 16), .atCFA(offset: -16)), rsp(8),
                frame(.register(6, offset: 16), .atCFA(offset: -16)),
            ]),
        Case(
            function: "rule_sizes",
            rows: [
                rsp(0x12348), rsp(0x12350), rsp(16), rsp(24), rsp(24, .atCFA(offset: -40)),
                rsp(24, .atCFA(offset: -56)), rsp(24),
            ]),
        Case(
            function: "rule_registers",
            rows: [
                frame(.register(10, offset: 0)), frame(.register(3, offset: 0)),
                frame(.register(3, offset: 0), .same, .register(5)),
                frame(.register(3, offset: 0), .undefined, .register(5)),
                frame(.register(3, offset: 0), .same, .register(5)),
                frame(.register(3, offset: 0), .undefined, .register(5)),
            ]),
        Case(function: "rule_end", rows: [rsp(8), .endOfStack]),
        Case(
            function: "rule_expressions",
            rows: [
                frame(.dereferenced(6, offset: -40, added: 0), atRBP),
                frame(.dereferenced(7, offset: 8, added: 16), atRBP),
                frame(.dereferenced(7, offset: 8, added: 8), atRBP),
                frame(.register(7, offset: 24), atRBP), .unsupported(.cfaExpression),
                frame(.register(7, offset: 40), atRBP),
            ]),
        Case(
            function: "rule_linkage",
            rows: [
                frame(.linkageTable(offset: 8, threshold: 11)),
                frame(.linkageTable(offset: 8, threshold: 10)),
                frame(.linkageTable(offset: 8, threshold: 9)), .unsupported(.cfaExpression),
            ]),
        Case(
            function: "rule_unsupported",
            rows: [
                .unsupported(.stackPointer), .unsupported(.returnAddress),
                .unsupported(.cfaRegister), .unsupported(.offset), rsp(8, .undefined),
                rsp(8, .undefined), rsp(8, .undefined),
            ]),
        Case(function: "rule_signal", rows: [.signalFrame]),
        Case(function: "rule_other_signal", rows: [rsp(24)]),
        Case(function: "rule_trampoline", rows: [.signalFrame]),
        Case(function: "rule_debug", rows: [rsp(8), rsp(32)]),
        Case(function: "rule_debug_trampoline", rows: [.signalFrame]),
    ]

    @Test(arguments: cases)
    func `a rule is what its instructions say`(expected: Case) throws {
        let image = try Fixture.image("../unwinding/rules.so")
        let table = UnwindTable(of: image)
        let function = try #require(
            FunctionCatalog(of: image).functions(named: expected.function).first)
        for (index, kind) in expected.rows.enumerated() {
            let address = Address(function.address.rawValue + 4 * UInt64(index))
            #expect(table.rule(at: address)?.kind == kind, "row \(index)")
        }
    }

    /// The byte before the code that signal handlers return to is where an unwinder looks.
    @Test(arguments: ["rule_trampoline", "rule_debug_trampoline"])
    func `a trampoline starts a byte early`(name: String) throws {
        let image = try Fixture.image("../unwinding/rules.so")
        let table = UnwindTable(of: image)
        let function = try #require(FunctionCatalog(of: image).functions(named: name).first)
        let before = Address(function.address.rawValue - 1)
        #expect(table.rule(at: before)?.kind == .signalFrame)
        #expect(table.rule(at: Address(before.rawValue - 1))?.kind != .signalFrame)
    }

    @Test func `what is behind the last function has no information`() throws {
        let table = UnwindTable(of: try Fixture.image("../unwinding/rules.so"))
        #expect(table.rule(at: Address(.max))?.kind == .noInformation)
        #expect(table.rule(at: Address(0)) == nil)
    }

    /// The index leads to the same rows as the section headers do, but for `.debug_frame`.
    @Test func `an image without section headers has the same rows`() throws {
        let whole = UnwindTable(of: try Fixture.image("../unwinding/rules.so"))
        let bare = UnwindTable(of: try Fixture.image("../unwinding/rules-no-sections.so"))
        let image = try Fixture.image("../unwinding/rules.so")
        let debug = try #require(
            FunctionCatalog(of: image).functions(named: "rule_debug").first?.address)
        #expect(bare.rows.count > 30)
        for row in bare.rows where row.address < debug && row.address != bare.rows.last?.address {
            let rule = bare.rules[Int(row.rule)]
            #expect(whole.rule(at: row.address) == rule, "\(row.address)")
        }
        #expect(bare.rule(at: debug)?.kind == .noInformation)
    }
}
