internal import CLinux
internal import Glibc
internal import LibBPF
package import Logging
internal import Report
internal import Symbolizer

/// One run of `uprof record`: from the target to the profile.
///
/// The initializer loads the programs and looks at the target; `run` records. Everything but the
/// compiling of unwind tables and the naming of frames happens on the calling thread.
package final class RecordSession {
    let configuration: RecordConfiguration
    let logger: Logger
    let signals: SignalMask
    let source: any SampleSource
    let symbolizer = Symbolizer()
    let mapper: CodeMapper
    let tables: TableBuilder
    let naming: NamingThread
    var kernelNames: KernelNames
    var images: RecordedImages
    var processes: [ProcessID: RecordedProcess] = [:]
    var command: LaunchedCommand?
    var totals = SampleTotals()
    /// What the kernel tells of other processes; nil where it is polled for.
    var taskEvents: TaskEventReader?
    /// When everything is looked at again, if nobody tells what has changed.
    var nextLook: UInt64 = 0
    /// Processes whose memory is to be looked at, in the order they came up.
    var staleProcesses: [ProcessID] = []
    /// Processes that have ended, and are to be forgotten.
    var endedProcesses: [ProcessID] = []
    /// How much has been told of processes.
    var followedEvents = 0
    /// Events to be told once there is somebody to tell them to.
    var pendingEvents: [RecordEvent] = []
    /// What the listener of the events has thrown.
    var listenerFailure: (any Error)?

    /// Loads the programs and looks at the target; nothing is recorded yet.
    ///
    /// - Throws: `AttachError`, `ProcessError`, `LaunchError`, `BTFError`, `HubError` or `BPFError`,
    ///   each naming its object and the remedy.
    package init(_ configuration: RecordConfiguration, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        uprof_use_one_heap()
        images = RecordedImages(limit: RecordObject.imageLimit(configuration))
        mapper = CodeMapper(symbolizer: symbolizer)
        // SIGPIPE too: a reader of stdout that has gone is an error to be handled, not the end.
        signals = SignalMask(blocking: [SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE])
        // Behind the mask, which its thread inherits: a signal that it took would end the process.
        tables = TableBuilder()
        MeasurementRights.raiseFileLimit()
        MeasurementRights.raiseLockedMemoryLimit()
        let choice = try Self.makeSource(configuration)
        source = choice.source
        naming = NamingThread(withInlines: configuration.withInlines)
        kernelNames = KernelNames(mayAsk: choice.source is BPFSampleSource)
        if let note = choice.note { pendingEvents.append(.note(note)) }
        if let limits = (choice.source as? BPFSampleSource)?.limits {
            pendingEvents.append(.note("BPF objects of the legacy family: \(limits)"))
        }
        startFollowing()
        try lookAtTarget()
    }

    deinit {
        tables.stop()
        naming.stop()
    }

    /// What takes the samples, and what is worth knowing of the choice.
    private static func makeSource(
        _ configuration: RecordConfiguration
    ) throws -> (source: any SampleSource, note: String?) {
        switch configuration.backend {
        case .perf: return (try PerfSampleSource(configuration), nil)
        case .bpf: return (try makeBPFSource(configuration), nil)
        case .auto where !MeasurementRights.permitsBPF:
            let note = "sampling by perf events, as BPF is not permitted"
            return (try PerfSampleSource(configuration), note)
        case .auto:
            do {
                return (try makeBPFSource(configuration), nil)
            } catch
                where configuration.mode == .onCPU && configuration.types == nil
                && configuration.objectFamily == nil
            {
                let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? ""
                let note = "sampling by perf events, as BPF cannot be used here: \(reason)"
                return (try PerfSampleSource(configuration), note)
            }
        }
    }

    private static func makeBPFSource(
        _ configuration: RecordConfiguration
    ) throws -> any SampleSource {
        try MeasurementRights.checkBPF()
        var configuration = configuration
        let family = configuration.objectFamily ?? .bestForRecording
        if family == .legacy, configuration.mode != .onCPU, !BPFFeatures.hasRawTracepoints {
            throw AttachError.kernelLacks(
                "raw tracepoints, which tell of blocked time", since: "4.17")
        }
        configuration.objectFamily = family
        configuration.types = try MeasurementTypes.file(named: configuration.types)
        if configuration.types == nil,
            let types = ReducedTypes(for: family == .legacy ? .recordLegacy : .record)
        {
            var reduced = configuration
            reduced.types = types.path
            if let source = try? BPFSampleSource(reduced) { return source }
        }
        return try BPFSampleSource(configuration)
    }

    /// Waits for the command, if there is one, and returns how it ended.
    package func waitForCommand() -> MeasurementEnding? {
        guard let status = command?.waitForExit() else { return nil }
        return .commandEnded(status)
    }
}
