internal import Bytes
internal import CUprofABI
internal import Glibc
internal import LibBPF
internal import Report
internal import SystemPackage

/// The loaded BPF object of `uprof attach`: its configuration, its phase and its maps.
struct ProbeObject: ~Copyable {
    let object: BPFObject
    /// How its programs are attached.
    let kind: ProbeKind
    /// Which of the compiled objects it is.
    let family: ObjectFamily
    /// The programs as they are attached, in the legacy family.
    let copies = ProgramCopies()
    /// Whether stacks are taken.
    let takesStacks: Bool
    /// What objects of the legacy family are told, but for the phase.
    private let settings: uprof_settings

    /// What has to be known before the programs are verified.
    struct Configuration {
        /// How many functions there is room for.
        var functionCapacity: Int
        /// How many different stacks (times functions and processes) there is room for; none are
        /// collected where zero.
        var stackCapacity: Int
        /// Calls that take at least this long are reported one by one.
        var slowerThanNanoseconds: UInt64?
        /// How programs are attached: by links of many uprobes, or by one perf event each.
        var kind = ProbeKind.pmu
        /// Which of the compiled objects is loaded.
        var family = ObjectFamily.modern
        /// The kernel's type information, where it has none itself.
        var types: FilePath?
        /// Size of the ring buffer slow calls go through, in bytes; a power of two.
        var ringBytes = 1 << 20
    }

    /// Opens, configures and loads the embedded object.
    ///
    /// - Throws: `BPFError` if the kernel refuses it.
    init(_ configuration: Configuration) throws(BPFError) {
        let object = try Self.open(configuration)
        try object.setCapacity(max(configuration.functionCapacity, 1), map: "functions")
        try object.setCapacity(max(configuration.functionCapacity, 1), map: "live_functions")
        let takesStacks =
            configuration.stackCapacity > 0 || configuration.slowerThanNanoseconds != nil
        try object.setCapacity(max(configuration.stackCapacity, 1), map: "stacks")
        try object.setCapacity(max(configuration.stackCapacity, 1), map: "stack_counts")
        for (map, capacity) in Self.unwindingCapacities where takesStacks {
            try object.setCapacity(capacity, map: map)
        }
        switch configuration.family {
        case .modern: try Self.configure(object, configuration)
        case .legacy: try Self.choosePrograms(of: object, takesStacks: takesStacks)
        }
        try object.load()
        if configuration.family == .legacy, takesStacks {
            try UnwindChain(map: "unwind_programs", frames: "call_frames", finish: "call_finish")
                .connect(object)
        }
        settings = Self.settings(configuration)
        self.object = object
        kind = configuration.kind
        family = configuration.family
        self.takesStacks = takesStacks
    }

    /// What only the modern family has: constants, a ring buffer, ways of attaching.
    private static func configure(
        _ object: borrowing BPFObject, _ configuration: Configuration
    ) throws(BPFError) {
        if let threshold = configuration.slowerThanNanoseconds {
            try object.setGlobal("report_slow_calls", in: .readOnly, to: UInt8(1))
            try object.setGlobal("slower_than_ns", in: .readOnly, to: threshold)
        }
        try object.setGlobal(
            "count_stacks", in: .readOnly, to: UInt8(configuration.stackCapacity > 0 ? 1 : 0))
        if let namespace = PIDNamespace.inner {
            try object.setGlobal("pid_namespace_device", in: .readOnly, to: namespace.device)
            try object.setGlobal("pid_namespace_inode", in: .readOnly, to: namespace.inode)
        }
        let ringBytes =
            configuration.slowerThanNanoseconds == nil
            ? Int(getpagesize()) : configuration.ringBytes
        try object.setCapacity(ringBytes, map: "slow_calls")
        for program in ProbeProgram.ofFunctions(configuration.kind) {
            let isUsed = program.isUsed(by: configuration.kind)
            try object.setLoads(isUsed, program: program.rawValue)
            guard isUsed, configuration.kind != .pmu else { continue }
            try object.prepareForMulti(
                program: program.rawValue, isSession: program == .functionSession)
        }
    }

    /// Leaves out what this kernel cannot run, or nobody needs.
    private static func choosePrograms(
        of object: borrowing BPFObject, takesStacks: Bool
    ) throws(BPFError) {
        let unused = ProbeProgram.ofThreads(rawTracepoints: !BPFFeatures.hasRawTracepoints)
        for program in unused { try object.setLoads(false, program: program.rawValue) }
        for program in ["call_frames", "call_finish"] {
            try object.setLoads(takesStacks, program: program)
        }
    }

    private static func settings(_ configuration: Configuration) -> uprof_settings {
        var settings = uprof_settings()
        settings.count_stacks = configuration.stackCapacity > 0 ? 1 : 0
        if let threshold = configuration.slowerThanNanoseconds {
            settings.report_slow_calls = 1
            settings.slower_than_ns = threshold
        }
        return settings
    }

    /// Opens the object file; that with the session's program asks for the kernel's own types.
    private static func open(_ configuration: Configuration) throws(BPFError) -> BPFObject {
        let file =
            switch (configuration.family, configuration.kind) {
            case (.legacy, _): EmbeddedObject.attachLegacy.file
            case (.modern, .session): EmbeddedObject.attachWithSession.file
            case (.modern, _): EmbeddedObject.attach.file
            }
        return try file.bytes.withUnsafeBytes { bytes throws(BPFError) in
            try BPFObject(name: "uprof_attach", bytes: bytes, types: configuration.types)
        }
    }

    /// How many entries the maps have that stacks are unwound by.
    private static let unwindingCapacities = [
        ("processes", 4096), ("mappings", 1 << 14), ("unwind_images", 4096),
        ("unwind_pages", 1 << 18), ("unwind_rules", Int(UPROF_MAX_RULES)),
    ]

    /// Whether calls are recorded from now on.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func setPhase(_ phase: uprof_phase) throws(BPFError) {
        switch family {
        case .modern:
            try object.setGlobal("uprof_phase", in: .zeroed, to: phase.rawValue)
        case .legacy:
            var settings = settings
            settings.uprof_phase = phase.rawValue
            try object.mapView("settings").set(settings, for: UInt32(0))
        }
    }

    /// Lets calls of a function be recorded: all its probes are in place.
    ///
    /// - Throws: `BPFError` if there is no room for it.
    func setLive(_ probe: FunctionProbe) throws(BPFError) {
        try object.mapView("live_functions").set(UInt32(1), for: UInt32(probe.id))
    }

    /// How many probe hits the kernel has passed over.
    func missedRuns() -> UInt64 {
        if family == .legacy { return copies.missedRuns }
        return ProbeProgram.ofFunctions(kind).filter { $0.isUsed(by: kind) }.reduce(0) {
            $0 + object.missedRuns(program: $1.rawValue)
        }
    }
}
