internal import CCapstone

/// The instructions by which control leaves a function: its returns and its tail calls.
///
/// Probing these instead of the return address (a uretprobe) leaves the program's stack as it is,
/// so that exceptions, stack walkers and code that moves its own stack go on working.
package struct ExitSites: Equatable, Sendable {
    /// Every exit, in address order.
    package private(set) var sites: [Site] = []
    /// Whether it calls or tail-calls anything; if not, no exception can pass through it.
    package private(set) var makesCalls = false

    /// One instruction that leaves the function.
    package struct Site: Equatable, Sendable {
        /// Where it is, as the image states addresses.
        package let address: UInt64
        /// Whether it is a jump: an exit only where the function's frame is gone already.
        package let isJump: Bool
    }

    /// Why the exits of a function cannot be told.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// The bytes at this address are no instruction that is known.
        case undecodable(address: UInt64)
        /// A conditional jump out of the function at this address: taken or not is not known.
        case conditionalTailCall(address: UInt64)
        /// There is no decoder for this machine.
        case unsupportedMachine

        package var description: String {
            switch self {
            case .undecodable(let address): "unknown instruction at 0x\(String(address, radix: 16))"
            case .conditionalTailCall(let address):
                "conditional tail call at 0x\(String(address, radix: 16))"
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
    package init(entry: UInt64, parts: [Range<UInt64>]) {
        self.entry = entry
        self.parts = parts
    }

    private let entry: UInt64
    private let parts: [Range<UInt64>]

    /// Decodes one part from its first byte to its last.
    ///
    /// - Parameters:
    ///   - code: All its bytes, x86-64.
    ///   - address: Where the first of them lies; branch targets are relative to it.
    /// - Throws: `Failure` if the exits are not certain.
    package mutating func add(code: RawSpan, at address: UInt64) throws(Failure) {
        let decoder = try InstructionDecoder()
        var tables = JumpTableTracker()
        var failure: Failure?
        let decoded = decoder.forEach(in: code, address: address) { instruction in
            let site = instruction.address
            switch instruction.flow {
            case .return:
                sites.append(Site(address: site, isJump: false))
            case .jump(let target) where leaves(target):
                sites.append(Site(address: site, isJump: true))
            case .indirectJump(let base) where !tables.isTableJump(base):
                sites.append(Site(address: site, isJump: true))
            case .conditionalJump(let target) where leaves(target):
                failure = failure ?? .conditionalTailCall(address: site)
            case .call:
                makesCalls = true
            default:
                break
            }
            tables.note(instruction)
        }
        if let failure { throw failure }
        guard decoded == code.byteCount else {
            throw .undecodable(address: address + UInt64(decoded))
        }
        makesCalls = makesCalls || sites.contains(where: \.isJump)
    }

    /// Whether a jump ends the call. One to the own entry does too: it is a call of itself, and
    /// the entry's probe fires again.
    private func leaves(_ target: UInt64) -> Bool {
        target == entry || !parts.contains { $0.contains(target) }
    }
}
