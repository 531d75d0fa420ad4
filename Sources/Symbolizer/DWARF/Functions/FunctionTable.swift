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
    /// What was inlined into each function, once that was asked for.
    private let inlines: Mutex<[Inlines]>

    private enum Inlines: Sendable {
        case unknown
        case none
        case some(InlineTable)
    }

    init(functions: [Function], ranges: [AddressMap.Entry], isComplete: Bool) {
        self.functions = functions
        self.isComplete = isComplete
        map = AddressMap(ranges)
        inlines = Mutex([Inlines](repeating: .unknown, count: functions.count))
    }

    /// The ranges of all functions.
    var ranges: [Range<UInt64>] { map.ranges }

    /// The function an address is in.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - extent: Is narrowed to addresses that are in the same one, or in none as well.
    /// - Returns: Its number, or nil if it is in none.
    func index(at address: UInt64, _ extent: inout Range<UInt64>) -> UInt32? {
        map.value(at: address, &extent)
    }

    /// A function of the table.
    func function(_ index: UInt32) -> Function { functions[Int(index)] }

    /// The calls that were inlined into a function, or nil if none were.
    func inlines(of index: UInt32, in unit: Unit) -> InlineTable? {
        guard functions[Int(index)].children != 0 else { return nil }
        return inlines.withLock { tables in
            switch tables[Int(index)] {
            case .none: return nil
            case .some(let table): return table
            case .unknown:
                let table = InlineTable(of: functions[Int(index)], in: unit)
                tables[Int(index)] = table.isEmpty ? .none : .some(table)
                return table
            }
        }
    }
}
