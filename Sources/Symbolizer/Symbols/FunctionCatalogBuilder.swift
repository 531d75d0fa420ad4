/// Sorts the symbols of an image into the functions of a catalog.
struct FunctionCatalogBuilder {
    private let image: ELFImage
    private let symbols: FunctionSymbols
    private let preference: NamePreference

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
        preference = NamePreference(tables: tables)
    }

    /// Fills the results.
    mutating func build() {
        let found = symbols.entries()
        // Small keys rather than the entries: fewer bytes to move.
        var keys = found.indices.map { RadixSort.Key(value: found[$0].address, index: UInt32($0)) }
        RadixSort.sort(&keys)
        entries.reserveCapacity(keys.count)
        starts.reserveCapacity(keys.count + 1)
        addresses.reserveCapacity(keys.count)
        reach.reserveCapacity(keys.count)
        var first = 0
        while first < keys.count {
            var last = first + 1
            while last < keys.count, keys[last].value == keys[first].value { last += 1 }
            if last == first + 1 {
                append(found[Int(keys[first].index)])
            } else {
                append(keys[first..<last].map { found[Int($0.index)] })
            }
            first = last
        }
    }

    /// Adds a function that has one name, as nearly all have.
    private mutating func append(_ name: FunctionCatalog.Entry) {
        // An untyped name in the middle of a function is a label, not a function.
        guard name.kind != Symbol.Kind.none || name.address >= furthest else { return }
        entries.append(name)
        endFunction(name.address, at: name.end)
    }

    /// Adds the names of one address as a function.
    private mutating func append(_ group: [FunctionCatalog.Entry]) {
        let names = preference.sorted(group)
        let isTyped = names.contains { $0.kind != Symbol.Kind.none }
        guard let first = names.first, isTyped || first.address >= furthest else { return }
        entries += names
        endFunction(first.address, at: names.reduce(0) { max($0, $1.end) })
    }

    private mutating func endFunction(_ start: UInt64, at end: UInt64) {
        addresses.append(start)
        starts.append(Int32(entries.count))
        furthest = max(furthest, end)
        reach.append(furthest)
    }
}
