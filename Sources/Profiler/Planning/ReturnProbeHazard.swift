/// Functions that do not survive a changed return address.
///
/// A uretprobe replaces the return address on the stack by that of a trampoline. Functions that
/// keep it (setjmp), look at it (dlsym), or have others throw through them, then misbehave or crash
/// the program. For them, the exits are probed instead.
enum ReturnProbeHazard {
    /// Whether a function, by one of its names, is known to depend on its return address.
    static func applies(toFunctionNamed names: some Sequence<String>) -> Bool {
        names.contains { name in
            dependent.contains(name.drop { $0 == "_" }) || name.hasPrefix("_Unwind_")
        }
    }

    /// Whether an image takes part in exception handling: exceptions can pass through any of its
    /// frames, and the unwinder does not know the trampoline.
    ///
    /// - Parameters:
    ///   - neededLibraries: The image's DT_NEEDED entries.
    ///   - definesOrImports: Whether the image has a symbol of this name.
    /// - Returns: True if it needs a library that unwinds, or has the unwinder's symbols.
    static func exceptionsPassThrough(
        neededLibraries: [String], definesOrImports: (String) -> Bool
    ) -> Bool {
        neededLibraries.contains { library in
            unwindingLibraries.contains { library.hasPrefix($0) }
        } || unwindingSymbols.contains(where: definesOrImports)
    }

    /// Names without their leading underscores.
    private static let dependent: Set<Substring> = [
        // Keep the return address and come back to it later.
        "setjmp", "sigsetjmp", "getcontext", "swapcontext", "savectx", "vfork", "morestack",
        // Look at the caller by it.
        "dlopen", "dlmopen", "dlsym", "dlvsym", "libc_dlsym", "libc_dlopen_mode",
        // C functions that call back, and are built to let exceptions through.
        "bsearch", "qsort", "qsort_r", "lfind", "lsearch", "twalk", "twalk_r", "tsearch",
        "tdestroy",
        "ftw", "ftw64", "nftw", "nftw64", "glob", "glob64", "scandir", "scandir64",
        "dl_iterate_phdr", "pthread_once", "call_once", "libc_start_main", "libc_start_call_main",
        "start_thread",
        // Throw, or unwind.
        "cxa_throw", "cxa_rethrow", "cxa_call_unexpected", "pthread_exit", "pthread_unwind",
        "pthread_unwind_next", "backtrace",
    ]

    private static let unwindingLibraries = [
        "libstdc++.so", "libc++.so", "libc++abi.so", "libgcc_s.so", "libunwind.so",
    ]

    private static let unwindingSymbols = [
        "_Unwind_RaiseException", "_Unwind_Resume", "__cxa_throw", "__cxa_begin_catch",
        "__gxx_personality_v0", "rust_eh_personality", "__gcc_personality_v0",
    ]
}
