import Testing

@testable import Symbolizer

/// Stacks made by hand: each is a memory, registers and rules, and the frames that follow.
@Suite struct StackUnwinderTests {
    private static let top: UInt64 = 0x7000

    /// The addresses of the functions, each with one rule for all of its 0x100 bytes.
    private enum Function: UInt64, CaseIterable {
        case pushes = 0x1000
        case framePointer = 0x1100
        case end = 0x1200
        case signal = 0x1300
        case nothing = 0x1400
        case unsupported = 0x1500
        case lost = 0x1600
        case needsRBP = 0x1700
        case needsRBX = 0x1800
        case stuck = 0x1900
        case linkage = 0x1a00
        case dereferenced = 0x1b00
        case returnsInRegister = 0x1c00
        case savesRBX = 0x1d00
        case leafRegister = 0x1e00
        case pops = 0x1f00

        var kind: UnwindRule.Kind {
            switch self {
            case .pushes: Self.frame(.register(7, offset: 16))
            case .framePointer: Self.frame(.register(6, offset: 16), .atCFA(offset: -16))
            case .end: .endOfStack
            case .signal: .signalFrame
            case .nothing: .noInformation
            case .unsupported: .unsupported(.cfaExpression)
            case .lost: Self.frame(.register(7, offset: 16), .undefined)
            case .needsRBP: Self.frame(.register(6, offset: 16))
            case .needsRBX: Self.frame(.register(3, offset: 16))
            case .stuck: Self.frame(.register(7, offset: 0))
            case .linkage: Self.frame(.linkageTable(offset: 8, threshold: 11))
            case .dereferenced: Self.frame(.dereferenced(7, offset: 8, added: 8))
            case .returnsInRegister:
                .frame(
                    .register(7, offset: 8), framePointer: .same, rbx: .same,
                    returnAddress: .register(5))
            case .savesRBX:
                .frame(
                    .register(7, offset: 16), framePointer: .same, rbx: .atCFA(offset: -16),
                    returnAddress: .atCFA(offset: -8))
            case .pops:
                .frame(
                    .register(7, offset: 8), framePointer: .atCFA(offset: -16),
                    rbx: .atCFA(offset: -24), returnAddress: .atCFA(offset: -8))
            case .leafRegister: Self.frame(.register(10, offset: 8))
            }
        }

        private static func frame(
            _ cfa: UnwindRule.CFA, _ rbp: UnwindRule.Saved = .same
        ) -> UnwindRule.Kind {
            .frame(cfa, framePointer: rbp, rbx: .same, returnAddress: .atCFA(offset: -8))
        }
    }

    private static let table: UnwindTable = {
        let functions = Function.allCases
        return UnwindTable(
            rows: functions.enumerated().map {
                UnwindRow(address: Address($1.rawValue), rule: UInt32($0))
            }, rules: functions.map { UnwindRule($0.kind) })
    }()

    /// Unwinds from a function with words on top of the stack and, where they are not zero, in
    /// registers. Code past 0x10000 is generated, past 0x20000 unknown; the image is loaded at 0x8000.
    private func unwind(
        from function: UInt64, _ words: [UInt64], registers values: [Int: UInt64] = [:],
        isFunctionEntry: Bool = false
    ) -> UnwoundStack {
        var registers = [UInt64](repeating: 0, count: 16)
        registers[7] = Self.top
        for (register, value) in values { registers[register] = value }
        let bytes = words.flatMap { word in (0..<8).map { UInt8(word >> (8 * $0) & 0xff) } }
        return StackUnwinder.unwind(
            UnwindRegisters(programCounter: function, values: registers),
            StackMemory(address: Self.top, bytes: bytes), isFunctionEntry: isFunctionEntry
        ) { address in
            switch address.rawValue {
            case 0x8000..<0x10000: .image(Self.table, bias: 0x8000)
            case 0x10000..<0x20000: .generated
            case 0x20000..<0x30000: .bareImage
            case 0x30000..<0x40000: .withoutTable
            default: .unmapped
            }
        }
    }

    private func place(_ function: Function, _ offset: UInt64 = 0x10) -> UInt64 {
        0x8000 + function.rawValue + offset
    }

    private func addresses(_ stack: UnwoundStack) -> [UInt64] {
        stack.frames.map(\.address.rawValue)
    }

    @Test func `a return address is looked up where its call is`() {
        // The call is the last instruction of `framePointer`: behind it is `end`.
        let behind = place(.framePointer, 0x100)
        let stack = unwind(
            from: place(.pushes), [0, behind, 0x5555, place(.end)],
            registers: [6: Self.top + 0x10])
        #expect(addresses(stack) == [place(.pushes), behind - 1, place(.end) - 1])
        #expect(stack.end == .complete)
    }

    @Test func `what was interrupted is looked up where it is`() {
        let stack = unwind(from: place(.end, 0), [])
        #expect(addresses(stack) == [place(.end, 0)])
        #expect(stack.end == .complete)
    }

    @Test func `what a signal interrupted is looked up where it is, with all its registers`() {
        var context = [UInt64](repeating: 0, count: 30)
        context[5 + 2] = Self.top + 22 * 8  // r10
        context[5 + 10] = 0x4444  // rbp
        context[5 + 15] = Self.top + 20 * 8  // rsp
        context[5 + 16] = place(.leafRegister, 0)  // rip
        context[22] = place(.end)  // at r10 + 8 - 8
        let stack = unwind(from: place(.pushes), [0, place(.signal)] + context)
        // The context is at the stack pointer of the trampoline's frame, which is two words up.
        #expect(addresses(stack).prefix(2) == [place(.pushes), place(.signal) - 1])
        #expect(addresses(stack).dropFirst(2).first == place(.leafRegister, 0))
    }

    @Test func `a return address of zero is the end`() {
        #expect(unwind(from: place(.pushes), [0, 0]).end == .complete)
    }

    struct End: CustomTestStringConvertible {
        var name: String
        var function: UInt64
        var words: [UInt64]
        var rbp: UInt64 = 0
        var end: UnwoundStack.End
        var frames: Int

        var testDescription: String { name }
    }

    private static let base: UInt64 = 0x8000

    static let ends: [End] = [
        End(
            name: "no information", function: base + 0x1410, words: [], rbp: 8,
            end: .noInformation, frames: 1),
        End(
            name: "a frame pointer into nothing", function: base + 0x1410,
            words: [0, 0x50000], rbp: top, end: .noInformation, frames: 1),
        End(
            name: "unsupported", function: base + 0x1510, words: [],
            end: .unsupported(.cfaExpression), frames: 1),
        End(name: "unmapped", function: 0x50000, words: [], end: .unmapped, frames: 1),
        End(name: "no table", function: 0x30000, words: [], end: .noTable, frames: 1),
        End(
            name: "unreadable", function: base + 0x1010, words: [0], end: .unreadable, frames: 1),
        End(
            name: "a lost register", function: base + 0x1610, words: [0, base + 0x1710],
            end: .lostRegister, frames: 2),
        End(
            name: "a register of the leaf only", function: base + 0x1010,
            words: [0, base + 0x1e10], end: .lostRegister, frames: 2),
        End(
            name: "not advancing", function: base + 0x1910, words: [0, 0], end: .notAdvancing,
            frames: 1),
        End(
            name: "generated code", function: 0x10010, words: [], end: .complete, frames: 1),
        End(
            name: "a frame pointer of an image that leads nowhere", function: base + 0x1010,
            words: [0, 0x20010], end: .complete, frames: 2),
    ]

    @Test(arguments: ends)
    func `the end has its reason, and what was found is kept`(expected: End) {
        let stack = unwind(
            from: expected.function, expected.words, registers: [6: expected.rbp])
        #expect(stack.end == expected.end)
        #expect(stack.frames.count == expected.frames)
    }

    @Test func `frame pointers lead through generated code, and say so`() {
        let stack = unwind(
            from: 0x10010, [0, 0, Self.top + 0x20, 0x10100, 0, place(.end)],
            registers: [6: Self.top + 0x10])
        #expect(addresses(stack) == [0x10010, 0x100ff, place(.end) - 1])
        #expect(stack.frames.map(\.isByFramePointer) == [false, true, true])
        #expect(stack.end == .complete)
    }

    @Test func `frame pointers lead through what a table leaves out`() {
        let stack = unwind(
            from: place(.nothing), [0, place(.end)], registers: [6: Self.top])
        #expect(addresses(stack) == [place(.nothing), place(.end) - 1])
        #expect(stack.frames.map(\.isByFramePointer) == [false, true])
    }

    @Test(arguments: [6: Self.top - 8, 7: Self.top + 4, 8: Self.top + 0x1000].values)
    func `a frame pointer that leads nowhere ends the stack`(pointer: UInt64) {
        let stack = unwind(from: 0x10010, [0, 0, 0, 0], registers: [6: pointer])
        #expect(stack.end == .generatedCode)
        #expect(
            unwind(from: 0x20010, [0, 0, 0, 0], registers: [6: pointer]).end == .noFramePointer)
    }

    @Test func `a stub has pushed past its threshold`() {
        // At 11 of 16 bytes there is one word more on the stack.
        let before = unwind(from: place(.linkage, 0x1a), [place(.end), 7])
        let behind = unwind(from: place(.linkage, 0x1b), [7, place(.end)])
        #expect(addresses(before).last == place(.end) - 1)
        #expect(addresses(behind).last == place(.end) - 1)
    }

    @Test func `a CFA can be in memory`() {
        let stack = unwind(
            from: place(.dereferenced), [0, Self.top + 0x18, 0, place(.end)])
        #expect(addresses(stack).last == place(.end) - 1)
    }

    @Test func `a return address can be in a register`() {
        let stack = unwind(from: place(.returnsInRegister), [], registers: [5: place(.end)])
        #expect(addresses(stack).last == place(.end) - 1)
    }

    @Test func `rbx is followed to the frame that needs it`() {
        let stack = unwind(
            from: place(.savesRBX),
            [Self.top + 0x20, place(.pushes), 0, place(.needsRBX), 0, place(.end)])
        #expect(
            addresses(stack) == [
                place(.savesRBX), place(.pushes) - 1, place(.needsRBX) - 1, place(.end) - 1,
            ])
    }

    @Test func `registers that were popped have their values`() {
        for caller in [Function.needsRBP, .needsRBX] {
            let stack = unwind(
                from: place(.pops), [place(caller), 0, place(.end)],
                registers: [6: Self.top + 8, 3: Self.top + 8])
            #expect(
                addresses(stack) == [place(.pops), place(caller) - 1, place(.end) - 1])
        }
    }

    @Test func `at the entry of a function the return address is on top`() {
        // The tables say nothing of the function.
        let stack = unwind(from: place(.nothing, 0), [place(.end)], isFunctionEntry: true)
        #expect(addresses(stack) == [place(.nothing, 0), place(.end) - 1])
    }

    @Test func `the deepest stack is cut`() {
        let words = (0..<2000).map { $0 % 2 == 0 ? 0 : place(.pushes) }
        let stack = unwind(from: place(.pushes), words)
        #expect(stack.frames.count == StackUnwinder.deepest)
        #expect(stack.end == .tooDeep)
    }

    /// A signal frame that interrupts itself leads back for ever.
    @Test func `a loop ends`() {
        var context = [UInt64](repeating: 0, count: 30)
        context[5 + 15] = Self.top
        context[5 + 16] = place(.signal)
        let stack = unwind(from: place(.signal), context)
        #expect(stack.end == .tooDeep)
    }
}
