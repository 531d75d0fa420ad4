/// Sorts the symbols of an image into the functions of a catalog.
struct FunctionCatalogBuilder {
    private let image: ELFImage
    private let symbols: FunctionSymbols

    private(set) var entries: [FunctionCatalog.Entry] = []
    private(set) var starts: [Int32] = [0]
    private(set) var addresses: [UInt64] = []
    private(set) var reach: [UInt64] = []

    /// Where the furthest function that has a size ends, of those so far.
    private var furthest: UInt64 = 0

    /// Sorts the functions that are in a window of addresses or reach into it.
    init(image: ELFImage, tables: [SymbolTable], near window: Range<UInt64>) {
        self.image = image
        symbols = FunctionSymbols(of: tables, in: image, near: window)
    }

    /// Fills the results.
    mutating func build() {
        let found = symbols.entries()
        let order = RadixSort.order(of: found.count) { found[$0].address }
        entries.reserveCapacity(order.count)
        starts.reserveCapacity(order.count + 1)
        addresses.reserveCapacity(order.count)
        reach.reserveCapacity(order.count)
        var names = Group()
        for index in order {
            let name = found[Int(index)]
            if name.address != names.address {
                end(names)
                names = Group(address: name.address, first: entries.count)
            }
            entries.append(name)
            names.add(name)
        }
        end(names)
    }

    /// The names of one address.
    private struct Group {
        var address: UInt64 = 0
        /// The index of the first entry.
        var first = 0
        /// Where the longest of them ends.
        var end: UInt64 = 0
        var isTyped = false

        mutating func add(_ name: FunctionCatalog.Entry) {
            end = max(end, name.end)
            isTyped = isTyped || name.kind != Symbol.Kind.none
        }
    }

    /// Makes the names that were added last a function.
    private mutating func end(_ names: Group) {
        guard names.first < entries.count else { return }
        // Untyped names in the middle of a function are labels, not functions.
        guard names.isTyped || names.address >= furthest else {
            entries.removeSubrange(names.first...)
            return
        }
        addresses.append(names.address)
        starts.append(Int32(entries.count))
        furthest = max(furthest, names.end)
        reach.append(furthest)
    }
}
