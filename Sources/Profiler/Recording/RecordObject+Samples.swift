internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// From the kernel side's tables to values.
extension RecordObject {
    /// What was counted, and by what the kernel side counts.
    typealias KernelCount = (key: uprof_sample_key, count: SampleTotals.Count)

    /// Takes out the counts of one of the two maps.
    ///
    /// - Throws: `BPFError` if it cannot be read.
    func takeCounts(
        ofGeneration generation: UInt32
    ) throws(BPFError) -> [KernelCount] {
        let counts = try object.mapView(
            generation & 1 == 0 ? "sample_counts_0" : "sample_counts_1")
        var taken: [KernelCount] = []
        try counts.takeAll(keysAs: uprof_sample_key.self) { key, value in
            let count = value.unsafeLoadUnaligned(as: uprof_sample_count.self)
            taken.append(
                (key, SampleTotals.Count(samples: count.samples, nanoseconds: count.nanoseconds)))
        }
        return taken
    }

    /// Takes the stacks out of the map in which objects of the legacy family keep them.
    ///
    /// - Throws: `BPFError` if they cannot be read.
    func takeStacks(into stacks: ArrivingStacks) throws(BPFError) {
        let map = try object.mapView("stacks")
        try map.takeAll(keysAs: UInt64.self) { stacks.add($1, hash: $0) }
    }

    /// What objects of the modern family tell stacks through.
    ///
    /// - Throws: `BPFError` if it cannot be read.
    func ringBuffer(into stacks: ArrivingStacks) throws(BPFError) -> RingBuffer {
        try RingBuffer(object.mapView("new_stacks")) { stacks.add(event: $0) }
    }

    /// The times off the processor that are not over yet, as far as they go.
    ///
    /// - Parameters:
    ///   - end: Until when they count.
    ///   - minimum: Shorter ones are left out, in nanoseconds.
    /// - Returns: A count for each thread that waits.
    /// - Throws: `BPFError` if they cannot be read.
    func unfinishedWaits(
        until end: UInt64, minimum: UInt64
    ) throws(BPFError) -> [KernelCount] {
        let blocked = try object.mapView("blocked")
        var waits: [KernelCount] = []
        for thread in try blocked.keys(as: UInt32.self) {
            guard let wait = blocked.value(of: thread, as: uprof_blocked.self),
                wait.start_ns <= end, end - wait.start_ns >= minimum
            else { continue }
            let count = SampleTotals.Count(samples: 1, nanoseconds: end - wait.start_ns)
            waits.append((wait.key, count))
        }
        return waits
    }

    /// How many samples were lost for a reason so far.
    ///
    /// - Throws: `BPFError` if the map cannot be read.
    func lossCount(_ reason: uprof_loss) throws(BPFError) -> UInt64 {
        try object.mapView("losses").value(of: reason.rawValue, as: UInt64.self) ?? 0
    }
}
