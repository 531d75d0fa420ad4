internal import ArgumentParser
internal import Report

/// `uprof fold`.
struct FoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fold",
        abstract: "Turn the output of profilers into folded stacks.",
        discussion: """
            Reads perf script, bpftrace, DTrace, macOS sample, go tool pprof -raw, pprof,
            speedscope and folded stacks, compressed or not, and prints a line for each
            different stack, sorted by its bytes: root;caller;function COUNT.

            Examples:
              perf script | uprof fold | uprof flamegraph > out.svg
              uprof fold --kernel --tid perf.txt > out.folded
              uprof fold profile.pb.gz --value cpu
            """)

    @Argument(help: ArgumentHelp("The file; - is stdin.", valueName: "file"))
    var file = "-"

    @OptionGroup(title: "Input")
    var input: ProfileInputOptions

    @Option(help: ArgumentHelp("How many threads work on it.", valueName: "n"))
    var threads: Int?

    @OptionGroup(title: "perf script")
    var perf: PerfScriptArguments

    func validate() throws {
        guard let threads, !(1...64).contains(threads) else { return }
        throw ValidationError("--threads takes a number from 1 to 64")
    }

    func run() throws {
        try Failure.reporting {
            let input = try ProfileInput(path: file, format: input.from)
            let profile = try input.fold(
                perf.options, kind: self.input.value, threads: threads ?? Processors.forReading)
            for remark in profile.remarks { StandardError.write("uprof: \(remark)\n") }
            try StandardOutput.write(profile.stacks.folded)
        }
    }
}
