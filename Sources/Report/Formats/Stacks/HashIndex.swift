/// From hashes to the numbers of things that are kept elsewhere: open addressing, linear probing.
///
/// A slot has half of a hash only, so that twice as many are in the processor's caches.
struct HashIndex {
    private struct Slot {
        var hash: UInt32 = 0
        /// The number plus one; 0 where the slot is free.
        var successor: UInt32 = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    private var count = 0

    /// The number inserted under a hash for which the predicate holds.
    @inline(__always)
    func find(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
        let hash = Self.half(hash)
        let mask = slots.count - 1
        var position = Int(hash) & mask
        while slots[position].successor > 0 {
            let slot = slots[position]
            if slot.hash == hash {
                let number = Int(slot.successor) - 1
                if isSame(number) { return number }
            }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Inserts a number that is not there yet.
    mutating func insert(_ hash: UInt64, _ number: Int) {
        if count * 2 >= slots.count { grow() }
        place(Slot(hash: Self.half(hash), successor: UInt32(truncatingIfNeeded: number + 1)))
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.successor > 0 { place(slot) }
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var position = Int(slot.hash) & mask
        while slots[position].successor > 0 { position = (position + 1) & mask }
        slots[position] = slot
    }

    @inline(__always)
    private static func half(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
}
