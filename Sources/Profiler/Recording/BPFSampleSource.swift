internal import CUprofABI
internal import LibBPF
internal import Report
internal import Symbolizer

/// Samples by BPF programs, which unwind in the kernel.
final class BPFSampleSource: SampleSource {
    private let record: RecordObject
    private let configuration: RecordConfiguration
    let tables: KernelTables
    private let processes: KernelProcesses
    private let clock: SamplingClock
    private var links = BPFLinks()
    private let newStacks = ArrivingStacks()
    /// Where they arrive; nil of objects of the legacy family, which keep them.
    private let ring: RingBuffer?
    /// Readable once stacks have to be taken, so that there is room for others.
    let descriptor: Int32
    private var generation: UInt32 = 0
    /// How often there was no room for the mappings of a process: its stacks say so.
    private(set) var unknownProcesses = 0
    /// Waits that were not over at the end.
    private var unfinished: [RecordObject.KernelCount] = []
    private var threads = KernelThreadNumbers()
    /// Tables taken out of use, whose memory programs may still be looking at.
    private var dropped: [(time: UInt64, release: () -> Void)] = []
    /// Tables that wait for the memory of dropped ones.
    private var waiting: [(image: ImageNumber, outcome: TableBuilder.Outcome)] = []

    /// How long the memory of a dropped table is left alone, in nanoseconds.
    private static let grace: UInt64 = 1_000_000_000

    /// Loads the programs; none of them runs yet.
    ///
    /// - Throws: `BPFError` if the kernel refuses them.
    init(_ configuration: RecordConfiguration) throws(BPFError) {
        self.configuration = configuration
        let record = try RecordObject(configuration)
        tables = try KernelTables(record.object, rowLimit: configuration.rowLimit)
        processes = try KernelProcesses(record.object)
        // Both must measure the same where they are added up.
        clock = configuration.mode == .onCPU ? .best : .cpuClock
        if record.family == .modern {
            let ring = try record.ringBuffer(into: newStacks)
            descriptor = ring.descriptor
            self.ring = consume ring
        } else {
            descriptor = -1
            ring = nil
        }
        self.record = record
        let used = RecordProgram.used(in: configuration.mode, family: self.record.family)
        try attach([.processFork, .processExec].filter(used.contains))
    }

    /// What is weaker than with another kernel, in words; nil where nothing is.
    var limits: String? {
        record.family == .modern
            ? nil
            : "stacks of at most \(UnwindChain.mostFrames) frames, and without the kernel's part"
    }

    func consume() { ring?.consume() }

    func start() throws {
        try record.setPhase(UPROF_PHASE_RECORDING)
        if configuration.mode != .onCPU { try attach([.taskSwitch]) }
        if configuration.mode != .offCPU {
            try links.attachSampling(
                RecordProgram.sample.rawValue, of: record.object, clock: clock,
                frequency: configuration.frequency)
        }
    }

    func stop() throws {
        try record.setPhase(UPROF_PHASE_STOPPED)
        guard configuration.mode != .onCPU else { return }
        unfinished = try record.unfinishedWaits(
            until: MeasurementClock.now, minimum: configuration.minimumBlockNanoseconds)
    }

    func setMappings(_ mappings: [CodeMapping], of process: ProcessID) throws {
        let fits = try processes.set(
            mappings.map { uprof_mapping($0) }, for: process, object: record.object)
        if !fits { unknownProcesses += 1 }
    }

    func forget(_ process: ProcessID) {
        try? processes.remove(process, object: record.object)
    }

    func setTable(
        _ outcome: TableBuilder.Outcome, of image: ImageNumber, unused: [ImageNumber]
    ) throws {
        switch outcome {
        case .nothing: try tables.set(UPROF_IMAGE_NO_TABLE, for: image, object: record.object)
        case .unusable: try tables.set(UPROF_IMAGE_BAD_TABLE, for: image, object: record.object)
        case .table(let table, _):
            guard try !tables.load(table, for: image, object: record.object) else { return }
            let victims = tables.images.intersection(unused)
            guard !victims.isEmpty else {
                return try tables.set(UPROF_IMAGE_NO_ROOM, for: image, object: record.object)
            }
            for victim in victims {
                let release = try tables.unload(victim, object: record.object)
                dropped.append((MeasurementClock.now, release))
            }
            waiting.append((image, outcome))
        }
    }

    func take(into totals: inout SampleTotals) throws {
        try reuseDropped()
        // What is counted from now on goes to the other map; a program that still adds to this one is
        // done long before this one's turn comes again.
        let full = generation
        generation &+= 1
        try record.setGeneration(generation)
        let counts = try record.takeCounts(ofGeneration: full)
        // Behind the counts: a stack is told before it is counted.
        if record.family == .legacy { try record.takeStacks(into: newStacks) }
        consume()
        newStacks.take(into: &totals)
        for (key, count) in counts + unfinished {
            let key = SampleTotals.Key(
                stack: key.stack_hash, kernelStack: key.kernel_hash,
                thread: threads.number(of: key, in: &totals),
                isOffCPU: key.kind == UPROF_SAMPLE_OFF_CPU.rawValue)
            totals.add(count, for: key)
        }
        unfinished = []
    }

    /// As long as half of the room lasts if no two samples are alike. Switches come at any rate, and
    /// tables that wait for memory wait for a reading.
    var longestWait: UInt64 {
        guard configuration.mode == .onCPU, waiting.isEmpty, dropped.isEmpty else { return 0 }
        return UInt64(RecordObject.countCapacity(configuration)) * 1_000_000_000
            / UInt64(RecordObject.samplesPerSecond(configuration))
    }

    var lostSamples: UInt64 {
        let losses = [
            UPROF_LOSS_STACK_TABLE_FULL, UPROF_LOSS_THREAD_TABLE_FULL, UPROF_LOSS_RING_FULL,
        ]
        return losses.reduce(0) { sum, loss in sum + ((try? record.lossCount(loss)) ?? 0) }
    }

    var kernelTime: (runs: UInt64, nanoseconds: UInt64) {
        RecordProgram.used(in: configuration.mode, family: record.family)
            .map { record.object.runTime(program: $0.rawValue) }
            .reduce((0, 0)) { ($0.0 + $1.runs, $0.1 + $1.nanoseconds) }
    }

    private func attach(_ programs: [RecordProgram]) throws(BPFError) {
        for program in programs { try links.attach(program.rawValue, of: record.object) }
    }

    /// Gives the memory of dropped tables to those that wait for it.
    private func reuseDropped() throws {
        let now = MeasurementClock.now
        guard let first = dropped.first, now >= first.time + Self.grace else { return }
        for table in dropped { table.release() }
        dropped = []
        let retried = waiting
        waiting = []
        for (image, outcome) in retried {
            try setTable(outcome, of: image, unused: [])
        }
    }
}

extension uprof_mapping {
    /// The mapping as the kernel side reads it.
    init(_ mapping: CodeMapping) {
        self.init()
        start = mapping.start.rawValue
        end = mapping.end.rawValue
        switch mapping.content {
        case .image(let number, let bias):
            image = UInt32(number.rawValue)
            self.bias = bias
            kind = UPROF_MAPPING_IMAGE.rawValue
        case .generated:
            kind = UPROF_MAPPING_JIT.rawValue
        }
    }
}
