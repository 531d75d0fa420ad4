internal import ArgumentParser
internal import Profiler
internal import Report
internal import SystemPackage

/// `uprof attach`.
struct AttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Measure how long the calls of functions take.",
        usage: """
            uprof attach (--pid PID… | --binary FILE) --func PATTERN… [options]
            uprof attach --func PATTERN… [options] -- COMMAND [ARGUMENT…]
            """,
        discussion: """
            A PATTERN is name, glob* or /regex/, each optionally behind library: (libc:malloc).
            Demangled C++, Rust and Swift names match too, with or without their parameters.

            Ends after --duration, with the target, or on Ctrl-C, and then writes all results.
            With a command, the exit status is the command's.

            Examples:
              uprof attach --pid 1234 --func malloc
              uprof attach --pid 1234 --func 'libc:*alloc*' --duration 10s --interval 1s
              uprof attach --pid 1234 --func query --slower-than 10ms
              uprof attach --func work --flamegraph work.svg -- ./program its arguments
            """)

    @OptionGroup(title: "Target")
    var target: TargetOptions

    @Option(
        name: [.customShort("f"), .customLong("func")], parsing: .upToNextOption,
        help: ArgumentHelp("Functions to measure.", valueName: "pattern"))
    var functions: [String]

    @Option(name: .long, help: ArgumentHelp("How long to measure.", valueName: "time"))
    var duration: DurationArgument?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Report this often; each report covers the time since the last.", valueName: "time"))
    var interval: DurationArgument?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Print each call that takes at least this long, with its stack.", valueName: "time"))
    var slowerThan: DurationArgument?

    @Option(name: .long, help: ArgumentHelp("Refuse to probe more functions.", valueName: "count"))
    var maxFunctions = 1000

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            How the ends of calls are seen: auto, exits (the instructions that leave a function) \
            or trampoline (a changed return address; ends C++ programs that throw through it).
            """, valueName: "how"))
    var returns = ReturnProbePolicy.automatic

    @Option(
        name: [.long, .customLong("probe-kind")],
        help: ArgumentHelp(
            "How probes are attached: session (Linux 6.13), multi (6.10), pmu or tracefs; the best there is.",
            valueName: "kind"))
    var probes: AttachKind?

    @OptionGroup(title: "Kernel")
    var kernel: KernelTypesOptions

    @OptionGroup(title: "Output")
    var output: AttachOutputOptions

    @OptionGroup(title: "Messages")
    var logging: LoggingOptions

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("A command to start and measure.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        _ = try target.target(command: command)
        if functions.isEmpty { throw ValidationError("nothing to measure; give --func PATTERN") }
        _ = try FunctionPattern.parse(functions)
        if maxFunctions < 1 { throw ValidationError("--max-functions is at least 1") }
        if output.needsSlowCalls, slowerThan == nil {
            throw ValidationError(
                "a trace shows calls that are slower than something; give --slower-than")
        }
    }

    func run() throws {
        let ending = try Failure.reporting { try measure() }
        if case .commandEnded(let status) = ending { CommandEnding.end(as: status) }
    }

    private func measure() throws -> MeasurementEnding {
        let logger = logging.makeLogger()
        try output.checkWritable()
        let session = try AttachSession(try configuration(), logger: logger)
        var display = AttachDisplay(options: output, isQuiet: logging.quiet)
        let result = try session.run { event in try display.show(event) }
        let failures = display.finish(result)
        display.noteDetaching(links: session.linkCount)
        // The command goes on whatever became of its measurement, and uprof ends with it.
        let commandEnding = session.waitForCommand()
        try Failure.report(failures)
        return commandEnding ?? result.ending
    }

    private func configuration() throws -> AttachConfiguration {
        var configuration = AttachConfiguration(
            target: try target.target(command: command),
            patterns: try FunctionPattern.parse(functions))
        configuration.maxFunctions = maxFunctions
        configuration.returns = returns
        configuration.probeKind = probes?.kind
        configuration.objectFamily = kernel.objectFamily
        configuration.collectsStacks = output.needsStacks
        configuration.slowerThanNanoseconds = slowerThan?.nanoseconds
        configuration.types = kernel.btf.map { FilePath($0) }
        configuration.durationNanoseconds = duration?.nanoseconds
        configuration.intervalNanoseconds = interval?.nanoseconds
        return configuration
    }
}

extension ReturnProbePolicy: ExpressibleByArgument {}
