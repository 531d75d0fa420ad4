/// Sorts the symbols of an image into the functions of a catalog.
struct FunctionCatalogBuilder {
    private let image: ELFImage
    private let symbols: FunctionSymbols
    private let preference: NamePreference

    private(set) var entries: [FunctionCatalog.Entry] = []
    private(set) var starts: [Int32] = [0]
    private(set) var reach: [UInt64] = []

    /// Where the furthest function that has a size ends, of those so far.
    private var furthest: UInt64 = 0

    init(image: ELFImage, tables: [SymbolTable]) {
        self.image = image
        symbols = FunctionSymbols(of: tables, in: image)
        preference = NamePreference(tables: tables)
    }

    /// Fills the results.
    mutating func build() {
        // The values in an object file are offsets within sections, not addresses.
        guard image.kind != .relocatable, image.kind != .core else { return }
        // Small keys rather than entries: a third of the bytes to move.
        var keys = symbols.keys()
        RadixSort.sort(&keys)
        entries.reserveCapacity(keys.count)
        starts.reserveCapacity(keys.count + 1)
        reach.reserveCapacity(keys.count)
        var first = 0
        while first < keys.count {
            var last = first + 1
            while last < keys.count, keys[last].value == keys[first].value { last += 1 }
            if last == first + 1 {
                symbols.entry(of: keys[first]).map { append($0) }
            } else {
                append(keys[first..<last].compactMap(symbols.entry))
            }
            first = last
        }
    }

    /// Adds a function that has one name, as nearly all have.
    private mutating func append(_ name: FunctionCatalog.Entry) {
        // An untyped name in the middle of a function is a label, not a function.
        guard name.kind != Symbol.Kind.none || name.address >= furthest else { return }
        entries.append(name)
        endFunction(at: name.end)
    }

    /// Adds the names of one address as a function.
    private mutating func append(_ group: [FunctionCatalog.Entry]) {
        let names = preference.sorted(group)
        let isTyped = names.contains { $0.kind != Symbol.Kind.none }
        guard let first = names.first, isTyped || first.address >= furthest else { return }
        entries += names
        endFunction(at: names.reduce(0) { max($0, $1.end) })
    }

    private mutating func endFunction(at end: UInt64) {
        starts.append(Int32(entries.count))
        furthest = max(furthest, end)
        reach.append(furthest)
    }
}
