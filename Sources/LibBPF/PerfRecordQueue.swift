/// Records of several rings, put into their order in time.
struct PerfRecordQueue {
    private var waiting: [(time: UInt64, record: PerfRecord)] = []

    /// Adds what one record of a ring told, in the order of the ring.
    mutating func add(_ records: [PerfRecord], at time: UInt64) {
        for record in records { waiting.append((time, record)) }
    }

    /// Takes the records of a time and before; those of one moment stay in their order.
    mutating func take(until end: UInt64) -> [PerfRecord] {
        var ready: [(offset: Int, time: UInt64, record: PerfRecord)] = []
        var later: [(time: UInt64, record: PerfRecord)] = []
        for (offset, entry) in waiting.enumerated() {
            if entry.time <= end {
                ready.append((offset, entry.time, entry.record))
            } else {
                later.append(entry)
            }
        }
        waiting = later
        return ready.sorted { ($0.time, $0.offset) < ($1.time, $1.offset) }.map(\.record)
    }
}
