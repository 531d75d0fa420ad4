internal import ArgumentParser
internal import Profiler

/// What is sampled, and how often.
struct SamplingOptions: ParsableArguments {
    @Option(
        name: [.customShort("F"), .customLong("freq")],
        help: ArgumentHelp("Samples a second on each CPU.", valueName: "count"))
    var frequency: UInt64 = 99

    @Flag(name: .long, help: "Count the time threads are blocked, not the time they run.")
    var offCpu = false

    @Flag(name: .long, help: "Count all time: running, blocked and waiting for a CPU.")
    var wall = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --off-cpu or --wall: leave out shorter times off the CPU.", valueName: "time"))
    var minBlock: DurationArgument?

    @Flag(name: .long, inversion: .prefixedNo, help: "Let stacks go on into the kernel.")
    var kernel = true

    @Flag(
        name: .long, inversion: .prefixedNo,
        help: "Show functions that were inlined as frames of their own.")
    var inlines = true

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What takes the samples: bpf, perf (no privilege needed for own processes) or auto.",
            valueName: "which"))
    var backend = RecordConfiguration.Backend.auto

    /// Faster than this, the kernel spends its time on samples alone.
    private static let highestFrequency: UInt64 = 20_000

    func validate() throws {
        guard frequency >= 1, frequency <= Self.highestFrequency else {
            throw ValidationError("--freq is from 1 to \(Self.highestFrequency)")
        }
        if offCpu, wall {
            throw ValidationError("--off-cpu and --wall exclude each other; --wall has both")
        }
        if minBlock != nil, !offCpu, !wall {
            throw ValidationError("--min-block is for --off-cpu and --wall")
        }
    }

    /// What time is counted.
    var mode: RecordConfiguration.Mode { offCpu ? .offCPU : wall ? .wall : .onCPU }

    /// Puts the options into a configuration.
    func apply(to configuration: inout RecordConfiguration) {
        configuration.mode = mode
        configuration.frequency = frequency
        configuration.minimumBlockNanoseconds = minBlock?.nanoseconds ?? 0
        configuration.withKernel = kernel
        configuration.withInlines = inlines
        configuration.backend = backend
    }
}

extension RecordConfiguration.Backend: ExpressibleByArgument {}
