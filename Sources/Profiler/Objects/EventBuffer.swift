internal import LibBPF
internal import Report

/// The reading end of a map that records come through, of either kind.
final class EventBuffer {
    /// What has come: whose record, and its cells.
    typealias Receive = (_ table: ProgramTable, _ cells: [ProgramCell]) -> Void

    /// Readable when there are records.
    let descriptor: Int32
    private let ring: RingBuffer?
    private let perf: PerfBuffer?
    private let counts: Counts
    private let name: String
    /// Whether programs count what had no room, which they know best: the kernel tells only with
    /// the next record that has some.
    private let programsCount: Bool

    /// Pages for each processor, of buffers that have their size here.
    private static let pages = 64

    /// What did not come, or not whole.
    private final class Counts {
        var lost: UInt64 = 0
        var short: UInt64 = 0
    }

    /// Starts reading.
    ///
    /// - Throws: `BPFError` if the map cannot be read.
    init(
        _ reader: MapReader, of object: borrowing BPFObject, _ receive: @escaping Receive
    ) throws(BPFError) {
        let counts = Counts()
        let table = reader.plan.table
        let take = { (record: RawSpan) in
            if record.byteCount < reader.plan.size { counts.short += 1 }
            receive(table, reader.cells(of: record))
        }
        name = reader.plan.map.name
        programsCount = if case .events(let counts) = reader.plan.shape { counts } else { false }
        self.counts = counts
        let map = try object.mapView(name)
        if reader.plan.map.kind == .ringBuffer {
            let buffer = try RingBuffer(map, receive: take)
            descriptor = buffer.descriptor
            perf = nil
            ring = consume buffer
        } else {
            let buffer = try PerfBuffer(
                map, pages: Self.pages, receive: take, lose: { counts.lost &+= $0 })
            descriptor = buffer.descriptor
            ring = nil
            perf = consume buffer
        }
    }

    /// Hands over all records there are, without waiting.
    func consume() {
        ring?.consume()
        perf?.consume()
    }

    /// What did not come, or not whole.
    var losses: [ProgramReport.Loss] {
        [
            ProgramReport.Loss(
                count: programsCount ? 0 : counts.lost, what: "events of \(name) that had no room"),
            ProgramReport.Loss(count: counts.short, what: "events of \(name) that were cut short"),
        ]
    }
}
