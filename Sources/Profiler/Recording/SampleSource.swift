internal import LibBPF
internal import Symbolizer

/// What takes samples: BPF programs, or perf events alone.
///
/// A session tells it where the code of processes is and how it is unwound, and takes from it what
/// it has sampled. All calls come from one thread.
protocol SampleSource: AnyObject {
    /// Takes samples from now on.
    func start() throws

    /// Takes no more samples; what has been sampled can still be taken.
    func stop() throws

    /// Tells the code of a process, in the order of the addresses, in place of what was told before.
    func setMappings(_ mappings: [CodeMapping], of process: ProcessID) throws

    /// Forgets a process that has ended.
    func forget(_ process: ProcessID)

    /// Tells how an image is unwound.
    ///
    /// - Parameters:
    ///   - outcome: What became of its unwind information.
    ///   - image: The image.
    ///   - unused: Images that no process has any more, to be dropped if there is no room.
    /// - Throws: `BPFError` if the kernel fails.
    func setTable(
        _ outcome: TableBuilder.Outcome, of image: ImageNumber, unused: [ImageNumber]) throws

    /// Hands over what was sampled since the last time.
    func take(into totals: inout SampleTotals) throws

    /// How long samples can wait where they are before they are taken, in nanoseconds.
    var longestWait: UInt64 { get }

    /// Samples that were lost so far.
    var lostSamples: UInt64 { get }

    /// How often the kernel has run programs for it and how long that took; zeros where it does
    /// not measure that.
    var kernelTime: (runs: UInt64, nanoseconds: UInt64) { get }

    /// Adds a process that was asked for, with the threads and processes that it starts.
    func addTarget(_ process: ProcessID) throws

    /// Readable when there is something to consume; negative where there never is.
    var descriptor: Int32 { get }

    /// Takes in what has arrived, without waiting.
    func consume()

    /// Whether it tells itself what happens to processes.
    var followsProcesses: Bool { get }

    /// What happened to processes since the last time.
    func takeTaskEvents() -> [TaskEvent]

    /// What it does not see, though it was asked for, as a sentence without a full stop.
    var limitation: String? { get }
}

/// What a source needs not do whose programs look at every process in the kernel.
extension SampleSource {
    func addTarget(_ process: ProcessID) throws {}

    var descriptor: Int32 { -1 }

    func consume() {}

    var followsProcesses: Bool { false }

    func takeTaskEvents() -> [TaskEvent] { [] }

    var limitation: String? { nil }
}
