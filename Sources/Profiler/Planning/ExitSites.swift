/// The instructions by which control leaves a function: its returns and its tail calls.
///
/// Probing these instead of the return address (a uretprobe) leaves the program's stack as it is,
/// so that exceptions, stack walkers and code that moves its own stack go on working.
package struct ExitSites: Sendable {
    /// Every exit, in the order found.
    package private(set) var sites: [ExitSite] = []
    /// Whether it calls or tail-calls anything; if not, no exception can pass through it.
    package private(set) var makesCalls = false
    /// Where jumps lead that are neither in the function nor to another one's start: parts of it
    /// that a stripped file has no names for, to be added by ``addHidden(code:at:)``.
    package private(set) var escapes: [UInt64] = []

    private let entry: UInt64
    private let parts: [Range<UInt64>]
    private let isFunction: @Sendable (UInt64) -> Bool
    private var visited: Set<UInt64> = []

    /// Why the exits of a function cannot be told.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// The bytes at this address are no instruction that is known.
        case undecodable(address: UInt64)
        /// The symbol table does not tell how long it is.
        case unknownSize
        /// There is no decoder for this machine.
        case unsupportedMachine

        package var description: String {
            switch self {
            case .undecodable(let address): "unknown instruction at 0x\(String(address, radix: 16))"
            case .unknownSize: "the symbol table does not tell its size"
            case .unsupportedMachine: "no instruction decoder for this machine"
            }
        }
    }

    /// Finds the exits of a function that begins at an address. A function that only ends by
    /// throwing has none.
    ///
    /// - Parameters:
    ///   - entry: The address of its first instruction.
    ///   - parts: The addresses of its code: the function itself, and its `.cold` part if it has
    ///     one. Jumps between them do not leave it.
    ///   - isFunction: Whether a function is known to begin at an address.
    package init(
        entry: UInt64, parts: [Range<UInt64>],
        isFunction: @escaping @Sendable (UInt64) -> Bool
    ) {
        self.entry = entry
        self.parts = parts
        self.isFunction = isFunction
    }

    /// Decodes one part from its first byte to its last.
    ///
    /// - Parameters:
    ///   - code: All its bytes, x86-64.
    ///   - address: Where the first of them lies; branch targets are relative to it.
    /// - Throws: `Failure` if the exits are not certain.
    package mutating func add(code: RawSpan, at address: UInt64) throws(Failure) {
        let decoder = try InstructionDecoder()
        var tables = JumpTableTracker()
        let decoded = decoder.forEach(in: code, address: address) { instruction in
            note(instruction, tables, isHidden: false)
            tables.note(instruction)
            return true
        }
        guard decoded == code.byteCount else {
            throw .undecodable(address: address + UInt64(decoded))
        }
    }

    /// Decodes what an escape leads to, as far as it goes on without a jump or return.
    ///
    /// Its returns are exits of the function, if it is a part of it; the stack pointer tells at
    /// run time. Code that cannot be decoded ends it.
    ///
    /// - Parameters:
    ///   - code: The bytes from there on, x86-64.
    ///   - address: Where the first of them lies.
    /// - Throws: `Failure.unsupportedMachine`.
    package mutating func addHidden(code: RawSpan, at address: UInt64) throws(Failure) {
        let decoder = try InstructionDecoder()
        var tables = JumpTableTracker()
        _ = decoder.forEach(in: code, address: address) { instruction in
            note(instruction, tables, isHidden: true)
            tables.note(instruction)
            return !instruction.flow.isEnd
        }
    }

    /// The next escape that has not been looked at.
    package mutating func takeEscape() -> UInt64? {
        escapes.popLast()
    }

    private mutating func note(
        _ instruction: Instruction, _ tables: JumpTableTracker, isHidden: Bool
    ) {
        let site = instruction.address
        switch instruction.flow {
        case .return:
            sites.append(ExitSite(address: site, kind: isHidden ? .hiddenReturn : .return))
        case .jump(let target) where leaves(target):
            if !isKnown(target) { escape(to: target) }
            addTailCall(site, .jump)
        case .indirectJump(let base) where !tables.isTableJump(base):
            addTailCall(site, .jump)
        case .conditionalJump(let target, let condition) where leaves(target):
            guard isKnown(target), let condition else { return escape(to: target) }
            addTailCall(site, .conditionalJump(condition: condition))
        case .call:
            makesCalls = true
        default:
            break
        }
    }

    private mutating func addTailCall(_ address: UInt64, _ kind: ExitSite.Kind) {
        sites.append(ExitSite(address: address, kind: kind))
        makesCalls = true
    }

    private mutating func escape(to target: UInt64) {
        makesCalls = true
        if visited.insert(target).inserted { escapes.append(target) }
    }

    private func isKnown(_ target: UInt64) -> Bool {
        target == entry || isFunction(target)
    }

    /// Whether a jump ends the call. One to the own entry does too: it is a call of itself, and
    /// the entry's probe fires again.
    private func leaves(_ target: UInt64) -> Bool {
        target == entry || !parts.contains { $0.contains(target) }
    }
}
