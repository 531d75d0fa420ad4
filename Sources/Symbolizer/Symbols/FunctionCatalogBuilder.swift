/// Sorts the symbols of an image into the functions of a catalog.
struct FunctionCatalogBuilder {
    private let symbols: FunctionSymbols

    private(set) var entries: [FunctionCatalog.Entry] = []
    private(set) var order: [UInt32] = []
    private(set) var starts: [Int32] = [0]
    private(set) var addresses: [UInt64] = []
    private(set) var reach: [UInt64] = []

    /// How many names those so far have.
    private var kept = 0
    /// Where the furthest function that has a size ends, of those so far.
    private var furthest: UInt64 = 0

    /// Sorts the functions that are in a window of addresses or reach into it.
    init(image: ELFImage, tables: [SymbolTable], near window: Range<UInt64>) {
        symbols = FunctionSymbols(of: tables, in: image, near: window)
    }

    /// Fills the results.
    mutating func build() {
        let found = symbols.entries()
        order = RadixSort.order(of: found.count) { found[$0].address }
        starts.reserveCapacity(order.count + 1)
        addresses.reserveCapacity(order.count)
        reach.reserveCapacity(order.count)
        var names = Group()
        for position in order.indices {
            let name = found[Int(order[position])]
            if name.address != names.address {
                end(names)
                names = Group(address: name.address)
            }
            names.add(name)
            // What is left out lets those behind it move up.
            order[kept + names.count - 1] = order[position]
        }
        end(names)
        order.removeLast(order.count - kept)
        entries = found
    }

    /// The names of one address.
    private struct Group {
        var address: UInt64 = 0
        var count = 0
        /// Where the longest of them ends.
        var end: UInt64 = 0
        var isTyped = false

        mutating func add(_ name: FunctionCatalog.Entry) {
            count += 1
            end = max(end, name.end)
            isTyped = isTyped || name.kind != Symbol.Kind.none
        }
    }

    /// Makes the names that were added last a function.
    private mutating func end(_ names: Group) {
        // Untyped names in the middle of a function are labels, not functions.
        guard names.count > 0, names.isTyped || names.address >= furthest else { return }
        kept += names.count
        addresses.append(names.address)
        starts.append(Int32(kept))
        furthest = max(furthest, names.end)
        reach.append(furthest)
    }
}
