/// What a probe tells the BPF program it runs: the function's id, and what is known of the site.
///
/// The bits are those of `UPROF_COOKIE_…` in uprof_abi.h, whose definitions Swift does not import.
enum ProbeCookie {
    private static let jump: UInt64 = 1 << 32
    private static let exits: UInt64 = 1 << 33
    private static let conditional: UInt64 = 1 << 34
    private static let hidden: UInt64 = 1 << 35
    private static let conditionShift: UInt64 = 36

    /// For the entry of a function.
    static func entry(of probe: FunctionProbe) -> UInt64 {
        UInt64(probe.id) | (probe.returns == .trampoline ? 0 : exits)
    }

    /// For the kernel's return trampoline.
    static func trampoline(of probe: FunctionProbe) -> UInt64 {
        UInt64(probe.id)
    }

    /// For an instruction that leaves a function.
    static func exit(_ kind: ExitSite.Kind, of probe: FunctionProbe) -> UInt64 {
        let id = UInt64(probe.id)
        return switch kind {
        case .return: id
        case .hiddenReturn: id | hidden
        case .jump: id | jump
        case .conditionalJump(let condition):
            id | jump | conditional | UInt64(condition) << conditionShift
        }
    }
}
