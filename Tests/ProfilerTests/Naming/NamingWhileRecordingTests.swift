import Logging
import Report
import Symbolizer
import TestSupport
import Testing

@testable import Profiler

/// A process that loads libraries, starts others and becomes another program while it is recorded.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct NamingWhileRecordingTests {
    /// Works, loads a library and works in it, has a child that works, and executes a program.
    private static let program = """
        import os, sys, time
        sys.stdin.readline()
        def work(seconds, function):
            end = time.monotonic() + seconds
            while time.monotonic() < end: function()
        work(0.7, lambda: sum(range(1000)))
        from decimal import Decimal
        one = Decimal(1)
        work(0.7, lambda: [one / 3 for _ in range(1000)])
        if os.fork() == 0:
            work(0.4, lambda: sorted(range(1000)))
            os._exit(0)
        os.wait()
        os.execv(sys.argv[1], [sys.argv[1], "--depth", "10", "--milliseconds", "700"])
        """

    /// The values of each stack of each process, with all that is known of its frames.
    private static func stacks(of profile: StackProfile) -> [Stack: [UInt64]] {
        var stacks: [Stack: [UInt64]] = [:]
        for sample in profile.samples {
            let stack = Stack(
                frames: sample.stack.map { profile.frames[$0] }, labels: profile.labels(of: sample))
            stacks[stack] = zip(stacks[stack] ?? [0, 0], sample.values).map { $0 + $1 }
        }
        return stacks
    }

    private struct Stack: Hashable {
        var frames: [Frame]
        var labels: SampleLabels
    }

    /// The profile of a session that is over, with names given only now.
    private static func profileNamedAtTheEnd(of session: RecordSession) -> StackProfile {
        var namer = SampleNamer(
            profile: StackProfile(valueKinds: [.samples, .cpuNanoseconds]),
            namer: FrameNamer(symbolizer: session.symbolizer), kernel: KernelNames(mayAsk: false),
            images: session.images, processes: session.processes, totals: session.totals)
        for (key, count) in session.totals.counts { namer.add(count, of: key) }
        return namer.profile
    }

    @Test(
        .enabled(if: Capability.tool("python3").isAvailable),
        arguments: [RecordConfiguration.Backend.bpf, .perf])
    func namesAreThoseOfTheEnd(backend: RecordConfiguration.Backend) throws {
        // The one of the system: others are scripts that look for one.
        let process = try RunningProcess(
            "/usr/bin/python3", ["-c", Self.program, TestTarget("unwinding/chain-pie").path])
        var configuration = RecordConfiguration(target: .processes([ProcessID(process.processID)]))
        configuration.backend = backend
        configuration.frequency = 499
        configuration.withKernel = false
        let session = try RecordSession(configuration, logger: Logger(label: "test"))
        let result = try session.run { event in
            if case .started = event { process.sendLine() }
        }
        let stacks = Self.stacks(of: result.profile)
        #expect(stacks == Self.stacks(of: Self.profileNamedAtTheEnd(of: session)))
        #expect(result.progress.lost == 0)
        #expect(result.progress.samples > 500)
        // What was there at first, what was loaded, what the child did, what it became.
        let modules = Set(result.profile.frames.map(\.module))
        #expect(modules.contains { $0.hasPrefix("_decimal") }, "\(modules)")
        #expect(modules.contains("chain-pie"), "\(modules)")
        #expect(result.profile.frames.contains { $0.name == "burn" })
        #expect(Set(stacks.keys.map(\.labels.process)).count == 2)
    }
}
