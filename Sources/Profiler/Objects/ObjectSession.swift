internal import BTFHub
internal import Bytes
internal import Glibc
internal import LibBPF
internal import Report
internal import Symbolizer

/// Runs the programs of an object of others and reads what they leave.
package final class ObjectSession {
    private let configuration: ObjectConfiguration
    private let object: BPFObject
    private let plan: ObjectPlan
    private let signals: SignalMask
    private let target: ProcessInfo?
    private var attacher: PlaceAttacher
    private var links = BPFLinks()
    private var records: [(table: ProgramTable, cells: [ProgramCell])] = []
    private var failure: (any Error)?

    /// Compares what is asked of an object with what it has; nothing is loaded, no rights are
    /// needed.
    ///
    /// - Throws: `ObjectError.mismatch`, `BTFError` or `BPFError` if it is not what it was said to
    ///   be.
    package static func check(_ configuration: ObjectConfiguration) throws {
        let object = try Self.open(configuration)
        _ = try Self.plan(configuration, object)
    }

    /// Loads the programs and puts values in; nothing runs yet.
    ///
    /// - Throws: `AttachError` without rights, `ObjectError` if the object is not what it was said
    ///   to be or cannot run here, `BPFError` if the kernel refuses it, `ProcessError`.
    package init(_ configuration: ObjectConfiguration) throws {
        try MeasurementRights.checkBPF()
        MeasurementRights.raiseLockedMemoryLimit()
        self.configuration = configuration
        target = try configuration.process.map { try ProcessInfo(of: $0) }
        let object = try Self.open(configuration)
        let plan = try Self.plan(configuration, object)
        let attacher = PlaceAttacher(configuration.programs, process: configuration.process)
        try attacher.check(configuration.programs)
        try Self.load(object, plan) { attacher.canRun($0) }
        self.plan = plan
        self.attacher = attacher
        signals = SignalMask(blocking: [SIGINT, SIGTERM, SIGHUP, SIGPIPE])
        self.object = object
    }

    private static func open(_ configuration: ObjectConfiguration) throws(BPFError) -> BPFObject {
        try configuration.object.bytes.withUnsafeBytes { bytes throws(BPFError) in
            try BPFObject(
                name: configuration.name, bytes: bytes, types: configuration.types)
        }
    }

    private static func load(
        _ object: borrowing BPFObject, _ plan: ObjectPlan, where isWanted: (String) -> Bool
    ) throws(BPFError) {
        for program in object.programs {
            try object.setLoads(isWanted(program.name), program: program.name)
        }
        for variable in plan.variables {
            try object.setGlobal(variable.name, in: variable.section, bytes: variable.bytes)
        }
        try object.load()
        for field in plan.fields {
            let first = [UInt8](repeating: 0, count: 4)
            try object.mapView(field.map).set(field.bytes, at: field.offset, of: first)
        }
    }

    private static func plan(
        _ configuration: ObjectConfiguration, _ object: borrowing BPFObject
    ) throws -> ObjectPlan {
        let file = try ProgramObject(file: configuration.object, name: configuration.name)
        guard let types = file.types else {
            throw ObjectError.mismatch(
                configuration.name, "it has no type information; compile it with -g")
        }
        return try ObjectPlan(configuration, object, types: types)
    }

    /// Runs the programs until the time is over, the process has ended, or a signal comes.
    ///
    /// - Parameter handle: Called for each event; what it throws ends the run, but does not cost
    ///   what is in maps.
    /// - Returns: What they have left, and why it ended.
    /// - Throws: `ObjectError.notAttached` if a program that is required has no place, `BPFError`
    ///   if maps cannot be read.
    package func run(_ handle: (ObjectEvent) throws -> Void) throws -> ObjectResult {
        let readers = plan.maps.map { MapReader(plan: $0, byteOrder: plan.byteOrder) }
        let buffers = try readers.filter(\.readsRecords).map { reader in
            try EventBuffer(reader, of: object) { [self] in records.append(($0, $1)) }
        }
        for program in configuration.programs {
            try attacher.attach(program, of: object, &links)
        }
        let start = MeasurementClock.now
        for note in attacher.notes { tell(.note(note), handle) }
        if configuration.process != nil, PIDNamespace.inner != nil {
            tell(.note(Self.otherNumbers), handle)
        }
        tell(.started(programs: attacher.attached.count), handle)
        let ending = wait(buffers, from: start, handle)
        let missed = missedRuns()
        links = BPFLinks()
        let duration = MeasurementClock.now - start
        for buffer in buffers { buffer.consume() }
        tellRecords(handle)
        let report = try report(readers, duration, losses: buffers.flatMap(\.losses) + missed)
        return ObjectResult(report: report, ending: ending, failure: failure)
    }

    /// Programs see the numbers of the host, unless they take care.
    private static let otherNumbers =
        "this is a pid namespace of its own, and programs may know the process by another number"

    private func wait(
        _ buffers: [EventBuffer], from start: UInt64, _ handle: (ObjectEvent) throws -> Void
    ) -> MeasurementEnding {
        let schedule = Schedule(
            duration: configuration.durationNanoseconds, interval: nil, from: start)
        let descriptors = [signals.descriptor] + buffers.map(\.descriptor)
        while true {
            MeasurementWait.forEvents(
                descriptors, until: schedule.next(after: MeasurementClock.now))
            for buffer in buffers { buffer.consume() }
            tellRecords(handle)
            if let failure { return .listenerFailed("\(failure)") }
            if let ending = signals.ending(forwardingTo: nil) ?? schedule.ending { return ending }
            if let target, !target.isRunning { return .targetEnded }
        }
    }

    private func report(
        _ readers: [MapReader], _ duration: UInt64, losses: [ProgramReport.Loss]
    ) throws(BPFError) -> ProgramReport {
        var parts: [ProgramReport.Part] = []
        var losses = losses
        for reader in readers {
            let result = try reader.read(from: object)
            if let part = result.part { parts.append(part) }
            losses += result.losses
        }
        return ProgramReport(
            name: configuration.name, durationNanoseconds: duration, maps: parts,
            losses: losses.filter { $0.count > 0 })
    }

    private func missedRuns() -> [ProgramReport.Loss] {
        attacher.attached.map { name in
            ProgramReport.Loss(
                count: object.missedRuns(program: name),
                what: "runs of \(name) that the kernel passed over")
        }
    }

    private func tellRecords(_ handle: (ObjectEvent) throws -> Void) {
        let records = records
        self.records = []
        for (table, cells) in records { tell(.record(cells, of: table), handle) }
    }

    private func tell(_ event: ObjectEvent, _ handle: (ObjectEvent) throws -> Void) {
        guard failure == nil else { return }
        do {
            try handle(event)
        } catch {
            failure = error
        }
    }
}

extension MapReader {
    /// Whether records come through its map.
    fileprivate var readsRecords: Bool { if case .events = plan.shape { true } else { false } }
}
