internal import ArgumentParser
internal import Report

/// The options of stackcollapse-perf.pl.
struct PerfScriptArguments: ParsableArguments {
    @Flag(help: "Show the process behind the name of a thread.")
    var pid = false

    @Flag(help: "Show the process and the thread behind the name of a thread.")
    var tid = false

    @Flag(help: "Mark functions of the kernel with _[k].")
    var kernel = false

    @Flag(help: "Mark functions generated at run time with _[j].")
    var jit = false

    @Flag(help: "Both --kernel and --jit.")
    var all = false

    @Flag(help: "Show the address where there is no name.")
    var addrs = false

    @Flag(help: "Show the functions that were inlined, where the files of the profile are here.")
    var inline = false

    @Option(
        help: ArgumentHelp(
            "Count samples of this event only; by default, of the first.", valueName: "event"))
    var eventFilter: String?

    /// As the reader has them.
    var options: PerfScriptOptions {
        var options = PerfScriptOptions()
        options.includesProcess = pid
        options.includesThread = tid
        options.marksKernel = kernel || all
        options.marksJIT = jit || all
        options.includesAddresses = addrs
        options.event = eventFilter
        if inline {
            let functions = InlinedFunctions()
            options.inliner = { address, function, file in
                functions.functions(address: address, function: function, file: file)
            }
        }
        return options
    }
}
