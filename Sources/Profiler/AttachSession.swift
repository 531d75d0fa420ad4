internal import CUprofABI
internal import Glibc
internal import LibBPF
package import Logging
internal import Report
internal import Symbolizer
internal import SystemPackage

/// One run of `uprof attach`: from the target to the result.
///
/// The initializer plans, loads and attaches; `run` measures. Everything happens on the calling
/// thread, as tracing a started command demands.
package final class AttachSession {
    let configuration: AttachConfiguration
    let logger: Logger
    let symbolizer = Symbolizer()
    let signals: SignalMask
    let object: ProbeObject
    let functionReader: FunctionReader
    /// What the kernel side unwinds stacks by, where they are asked for.
    let unwinding: AttachUnwinding?
    var planner: ProbePlanner
    var processes: [ProcessID: TargetProcess] = [:]
    /// The probes of `--binary`, which hold for all processes that map the file.
    let sharedProbes = AttachedProbes()
    var binary: FileIdentity?
    var command: LaunchedCommand?
    /// Runs from the moment calls are recorded.
    var clock: MeasurementClock?
    /// What the listener of the events has thrown.
    var listenerFailure: (any Error)?
    /// Whether the first look at the targets is over: what is probed from now on is worth a word.
    var hasStarted = false
    /// Events to be told once there is somebody to tell them to.
    var pendingEvents: [AttachEvent] = []
    /// Processes that have begun to map the file of `--binary`.
    var newProcesses: [ProcessID] = []
    /// What the kernel tells of other processes; nil where it is polled for.
    var taskEvents: TaskEventReader?
    /// How much of each loss the reports so far have told.
    var reportedLosses: [LossReason: UInt64] = [:]
    /// Slow calls that have come and are not told yet.
    var slowCallEvents: [SlowCallEvent] = []
    /// Planned functions the kernel does not accept probes on, by id.
    var failedProbes: [Int: ProbeRefusal] = [:]
    private var reportedRefusals = 0
    private static let mostRefusalsTold = 5
    private let tracepoints: BPFLinks
    /// Names the frames of slow calls and stacks.
    lazy var namer = StackNamer(symbolizer: symbolizer)

    /// Puts all probes in place; nothing is recorded yet.
    ///
    /// - Throws: `AttachError`, `ProcessError`, `ELFError`, `LaunchError`, `BTFError`, `HubError` or
    ///   `BPFError`, each naming its object and the remedy.
    package init(_ configuration: AttachConfiguration, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        planner = ProbePlanner(
            patterns: configuration.patterns, policy: configuration.returns,
            limit: configuration.maxFunctions)
        // SIGPIPE too: a reader of stdout that has gone is an error to be handled, not the end.
        signals = SignalMask(blocking: [SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE])
        try MeasurementRights.checkBPF()
        MeasurementRights.raiseFileLimit()
        let types = try MeasurementTypes.file(named: configuration.types)
        MeasurementRights.raiseLockedMemoryLimit()
        let choice = try ProbeChoice(configuration, types: types)
        object = try Self.load(choice, configuration, types: types)
        functionReader = try FunctionReader(object)
        unwinding =
            object.takesStacks
            ? try AttachUnwinding(object, symbolizer: symbolizer) : nil
        var tracepoints = BPFLinks()
        let rawTracepoints = choice.family == .modern || BPFFeatures.hasRawTracepoints
        for program in ProbeProgram.ofThreads(rawTracepoints: rawTracepoints) {
            try tracepoints.attach(program.rawValue, of: object.object)
        }
        self.tracepoints = tracepoints
        if let limits = choice.family.limits {
            pendingEvents.append(.note("BPF objects of the \(choice.family) family: \(limits)"))
        }
        try attachToTarget()
    }

    /// Loads the programs. Those of a session call a function of the kernel that has changed (Linux 7):
    /// where it is another one, links of many uprobes do.
    private static func load(
        _ choice: ProbeChoice, _ configuration: AttachConfiguration, types: FilePath?
    ) throws(BPFError) -> ProbeObject {
        var wanted = ProbeObject.Configuration(
            functionCapacity: configuration.maxFunctions,
            stackCapacity: configuration.collectsStacks ? configuration.stackCapacity : 0,
            slowerThanNanoseconds: configuration.slowerThanNanoseconds,
            kind: choice.kind, family: choice.family, types: types)
        do {
            return try ProbeObject(wanted)
        } catch {
            guard choice.kind == .session, configuration.probeKind == nil else { throw error }
            wanted.kind = BPFFeatures.hasUprobeMulti ? .multi : .pmu
            return try ProbeObject(wanted)
        }
    }

    /// Records calls from now on, if it has not begun yet.
    func startRecording() throws(BPFError) -> MeasurementClock {
        if let clock { return clock }
        try object.setPhase(UPROF_PHASE_RECORDING)
        let clock = MeasurementClock()
        self.clock = clock
        return clock
    }

    /// Waits for the command, if there is one, and returns how it ended.
    package func waitForCommand() -> MeasurementEnding? {
        guard let status = command?.waitForExit() else { return nil }
        return .commandEnded(status)
    }

    /// How many links there are to the kernel's probes. It takes about 0.1 s to undo each, one after
    /// the other, as the session is released: it waits for all users of a probe to be gone.
    package var linkCount: Int {
        processes.values.reduce(sharedProbes.count) { $0 + $1.probes.count }
    }

    /// Tells which functions are meant and not probed, each once, and only some of very many.
    func noteRefusals() {
        let new = planner.refusals[reportedRefusals...].filter { !$0.isFragment }
        pendingEvents += new.prefix(Self.mostRefusalsTold).map { .refused($0) }
        if new.count > Self.mostRefusalsTold {
            let rest = new.count - Self.mostRefusalsTold
            pendingEvents.append(
                .note("\(rest) more functions are not probed; `uprof functions` says why"))
        }
        reportedRefusals = planner.refusals.count
    }
}
