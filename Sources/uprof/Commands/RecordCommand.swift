internal import ArgumentParser
internal import Glibc
internal import Profiler
internal import Report
internal import SystemPackage

/// `uprof record`.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Sample where programs spend their time, with whole stacks.",
        usage: """
            uprof record (--pid PID… | --all) [options]
            uprof record [options] -- COMMAND [ARGUMENT…]
            """,
        discussion: """
            Needs no frame pointers: stacks are unwound in the kernel by the tables that
            exceptions use. Ends after --duration, with the target, or on Ctrl-C, and then
            writes all results; without -o, folded stacks are printed. With a command, the
            exit status is the command's.

            Examples:
              uprof record --pid 1234 --duration 10s -o cpu.svg
              uprof record --all --freq 49 --duration 30s -o host.folded
              uprof record --off-cpu --pid 1234 --min-block 100us -o off.svg
              uprof record --wall --pid 1234 -o wall.svg
              uprof record -o out.svg -- ./program its arguments
            """)

    @OptionGroup(title: "Target")
    var target: RecordTargetOptions

    @OptionGroup(title: "Sampling")
    var sampling: SamplingOptions

    @Option(name: .long, help: ArgumentHelp("How long to record.", valueName: "time"))
    var duration: DurationArgument?

    @OptionGroup(title: "Kernel")
    var kernel: KernelTypesOptions

    @OptionGroup(title: "Output")
    var output: RecordOutputOptions

    @OptionGroup(title: "Messages")
    var logging: LoggingOptions

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("A command to start and record.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        _ = try target.target(command: command)
    }

    func run() throws {
        try Failure.reporting { try record() }
    }

    /// Records, and ends the process unless something fails: the kernel takes back all there is
    /// sooner than it is given back one by one.
    private func record() throws {
        try output.checkWritable()
        var display = RecordDisplay(options: output, mode: sampling.mode, isQuiet: logging.quiet)
        var configuration = try configuration()
        configuration.showsProgress = display.isLive
        let session = try RecordSession(configuration, logger: logging.makeLogger())
        let result = try session.run { event in display.show(event) }
        let failures = display.finish(result)
        // The command goes on whatever became of its recording, and uprof ends with it.
        let commandEnding = session.waitForCommand()
        try Failure.report(failures)
        if case .commandEnded(let status) = commandEnding ?? result.ending {
            CommandEnding.end(as: status)
        }
        Glibc.exit(EXIT_SUCCESS)
    }

    private func configuration() throws -> RecordConfiguration {
        var configuration = RecordConfiguration(target: try target.target(command: command))
        sampling.apply(to: &configuration)
        configuration.types = kernel.btf.map { FilePath($0) }
        configuration.objectFamily = kernel.objectFamily
        configuration.durationNanoseconds = duration?.nanoseconds
        return configuration
    }
}
