internal import CProbeObjects
internal import CUprofABI
internal import Glibc
internal import LibBPF
internal import Report

/// The loaded BPF object of `uprof record`: its configuration and its programs.
struct RecordObject: ~Copyable {
    let object: BPFObject
    /// Which of the compiled objects it is.
    let family: ObjectFamily
    private let settings: Settings

    /// What objects of the legacy family are told; a class, since it changes while they run.
    private final class Settings {
        var value = uprof_settings()
    }

    /// How many processors there may be.
    private static var processors: Int { max(sysconf(Int32(_SC_NPROCESSORS_CONF)), 1) }

    /// Opens, configures and loads the embedded object.
    ///
    /// - Throws: `BPFError` if the kernel refuses it.
    init(_ configuration: RecordConfiguration) throws(BPFError) {
        let family = configuration.objectFamily ?? .bestForRecording
        let isLegacy = family == .legacy
        let bytes =
            isLegacy
            ? UnsafeRawBufferPointer(
                start: uprof_record_legacy_object, count: uprof_record_legacy_object_size)
            : UnsafeRawBufferPointer(start: uprof_record_object, count: uprof_record_object_size)
        let object = try BPFObject(
            name: "uprof_record", bytes: bytes, types: configuration.types)
        if !isLegacy { try Self.set(globalsOf: object, from: configuration) }
        for (map, capacity) in Self.capacities(configuration)
        where !isLegacy || map != "new_stacks" {
            try object.setCapacity(capacity, map: map)
        }
        if isLegacy { try object.setCapacity(Self.countCapacity(configuration), map: "stacks") }
        let used = RecordProgram.used(in: configuration.mode, family: family)
        for program in RecordProgram.all(of: family) {
            try object.setLoads(used.contains(program), program: program.rawValue)
        }
        try object.load()
        if isLegacy {
            for chain in Self.chains where used.contains(where: { $0.rawValue == chain.frames }) {
                try chain.connect(object)
            }
        }
        settings = Settings()
        settings.value = Self.settings(configuration)
        self.family = family
        self.object = object
    }

    /// How programs of the legacy family follow each other.
    private static let chains = [
        UnwindChain(map: "sample_programs", frames: "sample_frames", finish: "sample_finish"),
        UnwindChain(map: "switch_programs", frames: "switch_frames", finish: "switch_finish"),
    ]

    private static func settings(_ configuration: RecordConfiguration) -> uprof_settings {
        var settings = uprof_settings()
        if case .all = configuration.target { settings.record_all = 1 }
        settings.with_preempted = configuration.mode == .wall ? 1 : 0
        settings.sample_period_ns = 1_000_000_000 / configuration.frequency
        settings.min_block_ns = configuration.minimumBlockNanoseconds
        return settings
    }

    /// Tells a changed setting to programs of the legacy family.
    private func set(_ change: (inout uprof_settings) -> Void) throws(BPFError) {
        change(&settings.value)
        try object.mapView("settings").set(settings.value, for: UInt32(0))
    }

    /// Tells the programs what is asked for, before they are verified.
    private static func set(
        globalsOf object: borrowing BPFObject, from configuration: RecordConfiguration
    ) throws(BPFError) {
        let isAll = if case .all = configuration.target { true } else { false }
        let isWall = configuration.mode == .wall
        let period = 1_000_000_000 / configuration.frequency
        try object.setGlobal("record_all", in: .readOnly, to: isAll)
        try object.setGlobal("with_kernel_stacks", in: .readOnly, to: configuration.withKernel)
        try object.setGlobal("with_preempted", in: .readOnly, to: isWall)
        try object.setGlobal("sample_period_ns", in: .readOnly, to: period)
        try object.setGlobal(
            "min_block_ns", in: .readOnly, to: configuration.minimumBlockNanoseconds)
        guard let namespace = PIDNamespace.inner else { return }
        try object.setGlobal("pid_namespace_device", in: .readOnly, to: namespace.device)
        try object.setGlobal("pid_namespace_inode", in: .readOnly, to: namespace.inode)
    }

    /// How many samples a second there can be.
    static func samplesPerSecond(_ configuration: RecordConfiguration) -> Int {
        max(Int(clamping: configuration.frequency) * processors, 1)
    }

    /// How many counts half of a map has room for: what two seconds can bring.
    static func countCapacity(_ configuration: RecordConfiguration) -> Int {
        // Switches come faster than samples.
        let wanted =
            configuration.mode == .onCPU ? 2 * samplesPerSecond(configuration) : 16384
        return min(max(wanted, 512), 16384)
    }

    /// How many bytes of new stacks there is room for. Once half of that is used, uprof is woken: it
    /// does not have to last for any time.
    private static func stackBytes(_ configuration: RecordConfiguration) -> Int {
        let ofMost = 256
        let wanted = (countCapacity(configuration) * ofMost).nextPowerOfTwo
        return min(max(wanted, 1 << 17), 1 << 22)
    }

    /// How many images there can be.
    static func imageLimit(_ configuration: RecordConfiguration) -> Int {
        if case .all = configuration.target { Int(UPROF_MAX_IMAGES) - 1 } else { 1 << 14 }
    }

    /// How many entries each map is to have.
    private static func capacities(_ configuration: RecordConfiguration) -> [(String, Int)] {
        let counts = 2 * countCapacity(configuration)
        let isAll = if case .all = configuration.target { true } else { false }
        return [
            ("new_stacks", stackBytes(configuration)),
            ("sample_counts_0", counts), ("sample_counts_1", counts),
            ("blocked", configuration.mode == .onCPU ? 1 : 32768),
            ("processes", isAll ? 32768 : 8192), ("mappings", isAll ? 1 << 17 : 1 << 14),
            ("unwind_images", imageLimit(configuration) + 1),
            ("unwind_pages", isAll ? 1 << 19 : 1 << 17),
            ("unwind_rules", isAll ? Int(UPROF_MAX_RULES) : 1 << 14),
        ]
    }

    /// Whether samples are taken from now on.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func setPhase(_ phase: uprof_phase) throws(BPFError) {
        switch family {
        case .modern: try object.setGlobal("uprof_phase", in: .zeroed, to: phase.rawValue)
        case .legacy: try set { $0.uprof_phase = phase.rawValue }
        }
    }

    /// Chooses which of the two maps counts go to.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func setGeneration(_ generation: UInt32) throws(BPFError) {
        switch family {
        case .modern: try object.setGlobal("uprof_generation", in: .zeroed, to: generation)
        case .legacy: try set { $0.uprof_generation = generation }
        }
    }
}

extension Int {
    /// The smallest power of two that is not less.
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
