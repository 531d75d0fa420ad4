internal import Bytes
internal import Synchronization

/// The functions of a unit that have code, by their addresses.
final class FunctionTable: Sendable {
    /// A function of the unit.
    struct Function: Sendable {
        /// Where its entry is in the section.
        let entry: UInt64
        /// Where the entries below it start; 0 if it has none.
        let children: UInt64
    }

    /// Whether no way to a sibling was taken: a thorough look would find no more.
    let isComplete: Bool

    private let functions: [Function]
    private let map: AddressMap
    private let inlines: Mutex<[UInt32: InlineTable]>

    init(functions: [Function], ranges: [AddressMap.Entry], isComplete: Bool) {
        self.functions = functions
        self.isComplete = isComplete
        map = AddressMap(ranges)
        inlines = Mutex([:])
    }

    /// The ranges of all functions.
    var ranges: [Range<UInt64>] { map.ranges }

    /// The function an address is in.
    func index(at address: UInt64) -> UInt32? { map.value(at: address) }

    /// A function of the table.
    func function(_ index: UInt32) -> Function { functions[Int(index)] }

    /// The calls that were inlined into a function.
    func inlines(of index: UInt32, in unit: Unit) -> InlineTable {
        inlines.withLock { tables in
            if let table = tables[index] { return table }
            let table = InlineTable(of: functions[Int(index)], in: unit)
            tables[index] = table
            return table
        }
    }
}
