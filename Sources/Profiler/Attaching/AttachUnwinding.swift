internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// What stacks at probes are unwound by: the code of the measured processes, and its tables.
final class AttachUnwinding {
    private let tables: KernelTables
    private let processes: KernelProcesses
    private let builder = TableBuilder()
    private let mapper: CodeMapper
    /// All images met.
    private(set) var images = RecordedImages()

    /// Rows of all images together, 4 bytes each.
    private static let rowLimit = 8 << 20
    /// How long probes wait for the tables of what is mapped at the start, in nanoseconds.
    private static let patience: UInt64 = 10_000_000_000

    /// Nothing is known yet.
    ///
    /// - Throws: `BPFError` if the maps cannot be mapped.
    init(_ object: borrowing ProbeObject, symbolizer: Symbolizer) throws(BPFError) {
        tables = try KernelTables(object.object, rowLimit: Self.rowLimit)
        processes = try KernelProcesses(object.object)
        mapper = CodeMapper(symbolizer: symbolizer)
    }

    deinit {
        builder.stop()
    }

    /// Readable when a table is done.
    var descriptor: Int32 { builder.descriptor }

    /// Tells the kernel side the code of a process, and has tables made for new images.
    ///
    /// - Throws: `BPFError` if the kernel has no room.
    func tellMappings(
        of snapshot: ProcessSnapshot, object: borrowing ProbeObject
    ) throws(BPFError) {
        var unreadable: [ImageNumber] = []
        let mappings = mapper.mappings(of: snapshot, images: &images) { number, image in
            if let image {
                builder.request(image, for: number)
            } else {
                unreadable.append(number)
            }
        }
        for number in unreadable {
            try tables.set(UPROF_IMAGE_BAD_TABLE, for: number, object: object.object)
        }
        _ = try processes.set(
            mappings.map { uprof_mapping($0) }, for: snapshot.process.id, object: object.object)
    }

    /// Puts in the tables that are done.
    ///
    /// - Throws: `BPFError` if the kernel fails.
    func takeTables(object: borrowing ProbeObject) throws(BPFError) {
        for (number, outcome) in builder.takeDone() {
            switch outcome {
            case .nothing:
                try tables.set(UPROF_IMAGE_NO_TABLE, for: number, object: object.object)
            case .unusable:
                try tables.set(UPROF_IMAGE_BAD_TABLE, for: number, object: object.object)
            case .table(let table, _):
                if try !tables.load(table, for: number, object: object.object) {
                    try tables.set(UPROF_IMAGE_NO_ROOM, for: number, object: object.object)
                }
            }
        }
    }

    /// Gives the tables of what is mapped already a while to get ready.
    ///
    /// - Throws: `BPFError` if the kernel fails.
    func awaitTables(object: borrowing ProbeObject) throws(BPFError) {
        let deadline = MeasurementClock.now + Self.patience
        while builder.unfinished > 0, MeasurementClock.now < deadline {
            MeasurementWait.forEvents([builder.descriptor], until: deadline)
            try takeTables(object: object)
        }
    }
}
