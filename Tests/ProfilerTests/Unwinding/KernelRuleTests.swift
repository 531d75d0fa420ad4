import CUprofABI
import Symbolizer
import Testing

@testable import Profiler

/// Rules as the kernel side reads them.
@Suite struct KernelRuleTests {
    private static func rule(
        _ cfa: UnwindRule.CFA, framePointer: UnwindRule.Saved = .same,
        rbx: UnwindRule.Saved = .undefined,
        returnAddress: UnwindRule.ReturnAddress = .atCFA(offset: -8)
    ) -> uprof_unwind_rule {
        uprof_unwind_rule(
            UnwindRule(
                .frame(cfa, framePointer: framePointer, rbx: rbx, returnAddress: returnAddress)))
    }

    @Test func encodesFrames() {
        let rule = Self.rule(
            .register(7, offset: 4096), framePointer: .atCFA(offset: -16), rbx: .atCFA(offset: -24))
        #expect(UInt32(rule.kind) == UPROF_RULE_FRAME.rawValue)
        #expect(rule.cfa_register == 7)
        #expect(rule.cfa_offset == 4096)
        #expect(UInt32(rule.saved_kinds & 15) == UPROF_SAVED_AT_CFA.rawValue)
        #expect(UInt32(rule.saved_kinds >> 4) == UPROF_SAVED_AT_CFA.rawValue)
        #expect(rule.pointer_offset == -16)
        #expect(rule.rbx_offset == -24)
        #expect(rule.return_offset == -1)
        #expect(Int32(rule.return_register) == UPROF_RETURN_IN_MEMORY)
    }

    @Test func encodesOtherPlaces() {
        let dereferenced = Self.rule(.dereferenced(6, offset: -8, added: 16))
        #expect(UInt32(dereferenced.kind) == UPROF_RULE_DEREFERENCED.rawValue)
        #expect(dereferenced.cfa_offset == -8)
        #expect(dereferenced.cfa_added == 16)
        let linkage = Self.rule(.linkageTable(offset: 8, threshold: 11))
        #expect(UInt32(linkage.kind) == UPROF_RULE_LINKAGE.rawValue)
        #expect(linkage.cfa_register == 11)
        let inRegister = Self.rule(.register(7, offset: 0), returnAddress: .register(5))
        #expect(inRegister.return_register == 5)
        let aligned = Self.rule(.register(10, offset: 0), framePointer: .atRegister(6, offset: 8))
        #expect(UInt32(aligned.saved_kinds & 15) == UPROF_SAVED_AT_REGISTER.rawValue)
        #expect(aligned.pointer_register == 6)
        #expect(aligned.pointer_offset == 8)
    }

    /// What does not fit is not cut off: it is not followed.
    @Test func refusesNumbersThatDoNotFit() {
        let cases = [
            Self.rule(.dereferenced(6, offset: 0, added: 40_000)),
            Self.rule(.register(7, offset: 8), returnAddress: .atCFA(offset: -4)),
            Self.rule(.register(7, offset: 8), returnAddress: .atCFA(offset: -8 * 129)),
        ]
        for rule in cases {
            #expect(UInt32(rule.kind) == UPROF_RULE_UNSUPPORTED.rawValue)
            #expect(rule.cfa_register == UnsupportedUnwindRule.offset.rawValue)
        }
        let far = Self.rule(.register(7, offset: 8), framePointer: .atCFA(offset: -40_000))
        #expect(UInt32(far.saved_kinds & 15) == UPROF_SAVED_LOST.rawValue)
    }

    @Test(arguments: UnsupportedUnwindRule.allCases)
    func keepsTheReason(reason: UnsupportedUnwindRule) {
        let rule = uprof_unwind_rule(UnwindRule(.unsupported(reason)))
        #expect(UInt32(rule.kind) == UPROF_RULE_UNSUPPORTED.rawValue)
        #expect(rule.cfa_register == reason.rawValue)
    }

    @Test func tellsRulesApart() {
        let rules = [
            Self.rule(.register(7, offset: 8)), Self.rule(.register(7, offset: 16)),
            Self.rule(.register(6, offset: 16)),
            uprof_unwind_rule(UnwindRule(.endOfStack)), uprof_unwind_rule(UnwindRule(.signalFrame)),
            uprof_unwind_rule(UnwindRule(.noInformation)),
        ]
        #expect(Set(rules.map { KernelRuleKey($0) }).count == rules.count)
        #expect(KernelRuleKey(rules[0]) == KernelRuleKey(Self.rule(.register(7, offset: 8))))
    }
}
