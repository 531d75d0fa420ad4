/// From hashes to the numbers of things that are kept elsewhere: open addressing, linear probing.
struct HashIndex {
    private struct Slot {
        var hash: UInt64
        var number: Int  // -1: free
    }

    private var slots = [Slot](repeating: Slot(hash: 0, number: -1), count: 64)
    private var count = 0

    /// The number inserted under a hash for which the predicate holds.
    @inline(__always)
    func find(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: hash) & mask
        while slots[position].number >= 0 {
            let slot = slots[position]
            if slot.hash == hash, isSame(slot.number) { return slot.number }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Inserts a number that is not there yet.
    mutating func insert(_ hash: UInt64, _ number: Int) {
        if count * 2 >= slots.count { grow() }
        place(Slot(hash: hash, number: number))
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, number: -1), count: old.count * 2)
        for slot in old where slot.number >= 0 { place(slot) }
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: slot.hash) & mask
        while slots[position].number >= 0 { position = (position + 1) & mask }
        slots[position] = slot
    }
}
