/// Addresses in their order, each found in a step or two, however many there are.
///
/// The space they are in is cut into slots, of which each has a few addresses if they are spread
/// evenly, and a table tells which of them it starts with. Ten thousand searches in a large program would otherwise
/// wait for memory at each of twenty steps.
struct SortedAddresses: Sendable {
    private let addresses: [UInt64]
    /// The index of the first address in each slot or behind it; one more, at the end.
    private let slots: [UInt32]
    /// How many bits of a distance from the first address do not tell its slot.
    private let shift: UInt64

    /// Fewer are searched as fast without slots.
    private static let fewest = 64
    /// How many bits the number of addresses has more than that of slots: a slot of four is as near
    /// to the processor as one of one.
    private static let slotBits = 2

    /// Takes addresses, less than 2^32, which must be in their order.
    init(_ addresses: [UInt64] = []) {
        self.addresses = addresses
        guard addresses.count >= Self.fewest, let first = addresses.first,
            let last = addresses.last
        else {
            (slots, shift) = ([], 0)
            return
        }
        let countBits = UInt64.bitWidth - 1 - UInt64(addresses.count).leadingZeroBitCount
        let bits = UInt64.bitWidth - (last - first).leadingZeroBitCount
        let shift = UInt64(max(bits - countBits + Self.slotBits, 0))
        var slots: [UInt32] = []
        slots.reserveCapacity(Int((last - first) >> shift) + 2)
        for (index, address) in addresses.enumerated() {
            let slot = (address - first) >> shift
            while slots.count <= slot { slots.append(UInt32(index)) }
        }
        slots.append(UInt32(addresses.count))
        self.slots = slots
        self.shift = shift
    }

    /// How many there are.
    var count: Int { addresses.count }

    /// The address of an index.
    subscript(index: Int) -> UInt64 {
        @inline(__always)
        get { addresses[index] }
    }

    /// The index of the last one that is not above an address, or nil if all are.
    @inline(__always)
    func lastIndex(atOrBefore address: UInt64) -> Int? {
        guard let first = addresses.first, address >= first else { return nil }
        var (low, high) = (0, addresses.count)
        if !slots.isEmpty {
            let slot = (address - first) >> shift
            guard slot < UInt64(slots.count - 1) else { return addresses.count - 1 }
            low = Int(slots[Int(slot)])
            high = Int(slots[Int(slot) + 1])
        }
        while low < high {
            let middle = low + (high - low) / 2
            if addresses[middle] <= address { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
