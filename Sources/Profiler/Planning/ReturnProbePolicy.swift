/// How the ends of calls are to be seen.
package enum ReturnProbePolicy: String, CaseIterable, Sendable {
    /// By exit instructions where a changed return address could harm the program, by the
    /// trampoline elsewhere.
    case automatic = "auto"
    /// Always by exit instructions.
    case exits
    /// Always by the kernel's trampoline, also where exceptions then end the program.
    case trampoline
}
