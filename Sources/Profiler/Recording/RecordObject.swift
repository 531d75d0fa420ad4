internal import CProbeObjects
internal import CUprofABI
internal import Glibc
internal import LibBPF

/// The loaded BPF object of `uprof record`: its configuration and its programs.
struct RecordObject: ~Copyable {
    let object: BPFObject

    /// How many processors there may be.
    private static var processors: Int { max(sysconf(Int32(_SC_NPROCESSORS_CONF)), 1) }

    /// Opens, configures and loads the embedded object.
    ///
    /// - Throws: `BPFError` if the kernel refuses it.
    init(_ configuration: RecordConfiguration) throws(BPFError) {
        let bytes = UnsafeRawBufferPointer(
            start: uprof_record_object, count: uprof_record_object_size)
        let object = try BPFObject(
            name: "uprof_record", bytes: bytes, types: configuration.types)
        try Self.set(globalsOf: object, from: configuration)
        for (map, capacity) in Self.capacities(configuration) {
            try object.setCapacity(capacity, map: map)
        }
        for program in RecordProgram.allCases {
            try object.setLoads(program.isUsed(in: configuration.mode), program: program.rawValue)
        }
        try object.load()
        self.object = object
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

    /// How many entries each map is to have.
    private static func capacities(_ configuration: RecordConfiguration) -> [(String, Int)] {
        // Twice what two emptyings apart can bring; switches come faster than samples.
        let perSecond = Int(clamping: configuration.frequency) * processors
        let wanted = configuration.mode == .onCPU ? 2 * perSecond : 16384
        let stacks = min(max(wanted, 1024), 16384)
        let isAll = if case .all = configuration.target { true } else { false }
        return [
            ("stacks", stacks), ("kernel_stacks", stacks),
            ("sample_counts_0", 2 * stacks), ("sample_counts_1", 2 * stacks),
            ("blocked", configuration.mode == .onCPU ? 1 : 32768),
            ("processes", 32768), ("mappings", isAll ? 1 << 17 : 1 << 14),
            ("unwind_images", Int(UPROF_MAX_IMAGES)), ("unwind_pages", 1 << 17),
            ("unwind_rules", Int(UPROF_MAX_RULES)),
        ]
    }

    /// Whether samples are taken from now on.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func setPhase(_ phase: uprof_phase) throws(BPFError) {
        try object.setGlobal("uprof_phase", in: .zeroed, to: phase.rawValue)
    }

    /// Chooses which of the two maps counts go to.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func setGeneration(_ generation: UInt32) throws(BPFError) {
        try object.setGlobal("uprof_generation", in: .zeroed, to: generation)
    }
}
