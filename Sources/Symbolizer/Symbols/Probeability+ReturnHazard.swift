extension Probeability.ReturnHazard {
    /// Functions that save their return address for a second return.
    private static let returningTwice: Set<String> = [
        "setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp", "__sigsetjmp_cancel", "getcontext",
        "__getcontext", "swapcontext", "__swapcontext", "savectx",
    ]

    /// Code that is not entered by a call: the kernel jumps to it, a handler returns to it, or a
    /// PLT entry pushes its arguments below the return address.
    private static let enteredByJump: Set<String> = [
        "_start", "_dl_start_user", "__restore_rt", "__kernel_rt_sigreturn", "_dl_runtime_resolve",
        "_dl_runtime_resolve_fxsave", "_dl_runtime_resolve_xsave", "_dl_runtime_resolve_xsavec",
        "_dl_runtime_profile_avx", "_dl_runtime_profile_avx512", "_dl_runtime_profile_sse",
        "_dl_runtime_profile",
    ]

    /// The hazard a function is known for by its name, if any.
    init?(ofFunctionNamed name: String) {
        if Self.returningTwice.contains(name) {
            self = .returnsTwice
        } else if Self.enteredByJump.contains(name) || Self.isColdPart(name) {
            self = .notCalled
        } else {
            return nil
        }
    }

    /// Whether compilers gave the name to what they moved out of a function: `f.cold`,
    /// `f.cold.3` (GCC before 9). The function jumps there with its frame in place.
    private static func isColdPart(_ name: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let last = name[dot...].dropFirst()
        if last == "cold" { return true }
        return last.utf8.allSatisfy { (0x30...0x39).contains($0) } && !last.isEmpty
            && name[..<dot].hasSuffix(".cold")
    }
}
