internal import Glibc
internal import LibBPF
internal import Symbolizer
internal import SystemPackage

/// Samples by perf events alone, without privileges: the kernel copies stacks, which are unwound
/// and counted here as they arrive.
final class PerfSampleSource: SampleSource {
    private let configuration: RecordConfiguration
    private let sampler: PerfSampler
    private var processes = PerfProcesses()
    private var names = ThreadNames()
    private var events: [TaskEvent] = []
    private var threads = ThreadNumbers()
    private var counts: [SampleTotals.Key: SampleTotals.Count] = [:]
    private var stacks: [UInt64: SampledStack] = [:]
    private var kernelStacks: [UInt64: [Address]] = [:]

    /// Rings are emptied as they fill; the names of threads are those of the moment.
    let longestWait = ReadingPace.shortest
    private(set) var lostSamples: UInt64 = 0
    let kernelTime: (runs: UInt64, nanoseconds: UInt64) = (0, 0)

    /// Samples nothing yet.
    ///
    /// - Throws: `PerfSamplingError` if it is not permitted, or cannot be done without BPF.
    init(_ configuration: RecordConfiguration) throws {
        guard configuration.mode == .onCPU else { throw PerfSamplingError.onlyOnCPU }
        self.configuration = configuration
        let withKernel = configuration.withKernel && Self.permitsKernel
        sampler = PerfSampler(
            clock: .best, frequency: configuration.frequency, withKernel: withKernel)
        if case .all = configuration.target { try add(thread: -1, of: nil) }
    }

    /// Whether time in the kernel may be sampled: below level 2, or with the right.
    private static var permitsKernel: Bool {
        let sampler = PerfSampler(clock: .cpuClock, frequency: 1, withKernel: true)
        return (try? sampler.add(thread: 0)) != nil
    }

    var limitation: String? {
        guard configuration.withKernel, !sampler.withKernel else { return nil }
        let level = PerfSamplingError.level.map(String.init) ?? "unknown"
        return "time in the kernel is not sampled, as kernel.perf_event_paranoid is \(level)"
    }

    var descriptor: Int32 { sampler.descriptor }

    var followsProcesses: Bool { true }

    func addTarget(_ process: ProcessID) throws {
        if case .all = configuration.target { return }
        var known: Set<ProcessID> = []
        // Threads that start meanwhile may have been started by ones that were not added yet.
        while true {
            let new = process.threads.filter { !known.contains($0) }
            if new.isEmpty { break }
            for thread in new {
                known.insert(thread)
                try add(thread: thread.rawValue, of: process)
            }
        }
    }

    private func add(thread: Int32, of process: ProcessID?) throws {
        do throws(BPFError) {
            try sampler.add(thread: thread)
        } catch {
            switch error.errno {
            case .permissionDenied, .notPermitted:
                throw PerfSamplingError.notPermitted(process, level: PerfSamplingError.level)
            // A thread that has ended takes no time any more.
            case .noSuchProcess where process?.rawValue != thread: break
            default: throw error
            }
        }
    }

    func start() { sampler.setActive(true) }

    func stop() { sampler.setActive(false) }

    func setMappings(_ mappings: [CodeMapping], of process: ProcessID) {
        processes.set(mappings, of: process)
    }

    func forget(_ process: ProcessID) { processes.forget(process) }

    func setTable(
        _ outcome: TableBuilder.Outcome, of image: ImageNumber, unused: [ImageNumber]
    ) {
        processes.set(outcome, of: image)
    }

    func consume() {
        sampler.consume { record in
            switch record {
            case .sample(let sample): count(sample)
            case .lost(let number): lostSamples += number
            case .named(_, let thread, let name): names.set(name, of: thread)
            case .task(let event): note(event)
            }
        }
    }

    func takeTaskEvents() -> [TaskEvent] {
        defer { events = [] }
        return events
    }

    private func note(_ event: TaskEvent) {
        events.append(event)
        switch event {
        case .forked(let process, let thread, let parent):
            names.inherit(from: parent, to: thread)
            // A new thread has the mappings already.
            guard process != parent else { return }
            processes.note(.forked(ProcessID(process), from: ProcessID(parent)))
        case .executed(let process): processes.note(.executed(ProcessID(process)))
        case .exited(_, let thread): names.forget(thread)
        case .mapped, .lost: break
        }
    }

    private func count(_ sample: PerfSample) {
        let process = ProcessID(sample.process)
        // The idle task of each CPU, and this process itself where everything is sampled.
        guard sample.process > 0, sample.process != getpid() else { return }
        let stack = stack(of: sample, process)
        let kernelStack = sample.kernelFrames.map { Address($0) }
        let key = SampleTotals.Key(
            stack: Self.hash(stack), kernelStack: kernelStack.isEmpty ? 0 : Self.hash(kernelStack),
            thread: threads.number(
                of: SampleThread(
                    process: process,
                    command: names.name(of: sample.thread, in: sample.process))),
            isOffCPU: false)
        if stacks[key.stack] == nil { stacks[key.stack] = stack }
        if key.kernelStack != 0 { kernelStacks[key.kernelStack] = kernelStack }
        counts[key, default: SampleTotals.Count()].samples += 1
        counts[key]?.nanoseconds += 1_000_000_000 / configuration.frequency
    }

    private func stack(of sample: PerfSample, _ process: ProcessID) -> SampledStack {
        guard let programCounter = sample.programCounter else { return .empty }
        let registers = UnwindRegisters(
            programCounter: programCounter, values: sample.registers)
        let memory = StackMemory(address: registers[7] ?? 0, bytes: sample.stack)
        return processes.stack(of: process, registers, memory)
    }

    /// A hash for as long as this process runs.
    private static func hash(_ value: some Hashable) -> UInt64 {
        // Zero means that there is no stack.
        max(UInt64(bitPattern: Int64(value.hashValue)), 1)
    }

    func take(into totals: inout SampleTotals) {
        consume()
        for (hash, stack) in stacks { totals.keep(stack, hash: hash) }
        for (hash, stack) in kernelStacks { totals.keep(kernelStack: stack, hash: hash) }
        for (var key, count) in counts {
            key.thread = totals.number(of: threads.threads[Int(key.thread)])
            totals.add(count, for: key)
        }
        (stacks, kernelStacks, counts) = ([:], [:], [:])
    }
}
