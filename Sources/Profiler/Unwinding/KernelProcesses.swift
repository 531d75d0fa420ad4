internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// What the kernel side knows of processes: their executable mappings.
final class KernelProcesses {
    private let mappings: MappedArray
    private var space: RangeAllocator
    private var ranges: [ProcessID: Range<Int>] = [:]
    /// What was replaced, and when: a program may still be looking at it, and a child that has just
    /// been forked has its parent's.
    private var replaced: [(range: Range<Int>, time: UInt64)] = []

    /// How long what was replaced stays as it was, in nanoseconds.
    private static let grace: UInt64 = 2_000_000_000

    /// No processes yet.
    ///
    /// - Throws: `BPFError` if the map cannot be mapped.
    init(_ object: borrowing BPFObject) throws(BPFError) {
        mappings = try MappedArray(try object.mapView("mappings"))
        space = RangeAllocator(capacity: mappings.count)
    }

    /// Tells the executable mappings of a process, in the order of their addresses.
    ///
    /// - Returns: Whether there was room for them; if not, what was known stays.
    /// - Throws: `BPFError` if the kernel has no room for one more process.
    func set(
        _ new: [uprof_mapping], for process: ProcessID, object: borrowing BPFObject
    ) throws(BPFError) -> Bool {
        try collect(object)
        var entry = uprof_process(mappings: 0)
        var range: Range<Int>?
        if !new.isEmpty {
            guard let found = space.allocate(new.count) else { return false }
            mappings.store(new, from: found.lowerBound)
            entry.mappings = UInt64(new.count) << 32 | UInt64(found.lowerBound)
            range = found
        }
        do {
            try object.mapView("processes").set(entry, for: UInt32(bitPattern: process.rawValue))
        } catch {
            if let range { space.release(range) }
            throw error
        }
        retire(process)
        ranges[process] = range
        return true
    }

    /// Forgets a process that has ended.
    ///
    /// - Throws: `BPFError` never, unless the object and this code disagree.
    func remove(_ process: ProcessID, object: borrowing BPFObject) throws(BPFError) {
        try object.mapView("processes").remove(UInt32(bitPattern: process.rawValue))
        retire(process)
    }

    private func retire(_ process: ProcessID) {
        guard let old = ranges.removeValue(forKey: process) else { return }
        replaced.append((old, MeasurementClock.now))
    }

    /// Takes back what nobody looks at any more.
    private func collect(_ object: borrowing BPFObject) throws(BPFError) {
        let now = MeasurementClock.now
        guard let first = replaced.first, now >= first.time + Self.grace else { return }
        let used = try usedStarts(object)
        replaced.removeAll { range, time in
            guard now >= time + Self.grace, !used.contains(range.lowerBound) else { return false }
            space.release(range)
            return true
        }
    }

    /// Where the mappings of each process in the kernel's table start.
    private func usedStarts(_ object: borrowing BPFObject) throws(BPFError) -> Set<Int> {
        let processes = try object.mapView("processes")
        var starts: Set<Int> = []
        for id in try processes.keys(as: UInt32.self) {
            guard let entry = processes.value(of: id, as: uprof_process.self) else { continue }
            if entry.mappings != 0 {
                starts.insert(Int(UInt32(truncatingIfNeeded: entry.mappings)))
            }
        }
        return starts
    }
}
