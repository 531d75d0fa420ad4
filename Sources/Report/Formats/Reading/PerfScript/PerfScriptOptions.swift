/// How stacks of `perf script` are named; the names are those of stackcollapse-perf.pl's options.
package struct PerfScriptOptions: Sendable {
    /// Finds the functions at an address of a module, the outermost first; nil if unknown. The
    /// function is as in the text, with the offset in it.
    package typealias Inliner =
        @Sendable (_ address: String, _ function: String, _ module: String) -> [String]?

    /// `--pid`: the process behind the thread's name.
    package var includesProcess = false
    /// `--tid`: the process and the thread behind the thread's name.
    package var includesThread = false
    /// `--kernel`: `_[k]` behind the kernel's functions.
    package var marksKernel = false
    /// `--jit`: `_[j]` behind functions generated at run time.
    package var marksJIT = false
    /// `--addrs`: the address in frames without a name.
    package var includesAddresses = false
    /// `--event-filter`: the only event counted; by default the first one met.
    package var event: String?
    /// `--inline`: what was inlined at an address.
    package var inliner: Inliner?

    /// What stackcollapse-perf.pl does without options.
    package init() {}
}
