internal import Bytes

/// Sorts the symbols of an image into the functions of a catalog.
struct FunctionCatalogBuilder {
    private let image: ELFImage
    private let tables: [SymbolTable]

    private(set) var entries: [FunctionCatalog.Entry] = []
    private(set) var starts: [Int32] = [0]
    private(set) var reach: [UInt64] = []

    init(image: ELFImage, tables: [SymbolTable]) {
        self.image = image
        self.tables = tables
    }

    /// Fills the results.
    mutating func build() {
        // The values in an object file are offsets within sections, not addresses.
        guard image.kind != .relocatable, image.kind != .core else { return }
        let candidates = sortedByAddress(collect())
        entries.reserveCapacity(candidates.count)
        var sizedEnd: UInt64 = 0
        var first = 0
        while first < candidates.count {
            var last = first + 1
            while last < candidates.count,
                candidates[last].address == candidates[first].address
            {
                last += 1
            }
            append(candidates[first..<last], sizedEnd: &sizedEnd)
            first = last
        }
        computeReach()
    }

    private func collect() -> [FunctionCatalog.Entry] {
        var found: [FunctionCatalog.Entry] = []
        found.reserveCapacity(tables.reduce(0) { $0 + $1.count })
        for (number, table) in tables.enumerated() {
            table.forEach { symbol in
                guard isCandidate(symbol, in: table) else { return }
                found.append(
                    FunctionCatalog.Entry(
                        address: symbol.value, size: symbol.size, nameOffset: symbol.nameOffset,
                        table: UInt8(number), kind: symbol.kind, binding: symbol.binding))
            }
        }
        return found
    }

    private func isCandidate(_ symbol: Symbol, in table: SymbolTable) -> Bool {
        guard symbol.section != Symbol.Section.undefined,
            symbol.section != Symbol.Section.absolute,
            symbol.section != Symbol.Section.common, table.hasName(at: symbol.nameOffset)
        else { return false }
        switch symbol.kind {
        case Symbol.Kind.function, Symbol.Kind.indirectFunction:
            return true
        case Symbol.Kind.none:
            // Assembly that does not bother with types, but also the linker's `_etext`.
            let address = Address(symbol.value)
            guard image.isExecutable(address) else { return false }
            if !image.sections.isEmpty {
                guard image.section(containing: address)?.isExecutable == true else { return false }
            }
            return !isLabel(table.name(at: symbol.nameOffset))
        default:
            return false
        }
    }

    /// Whether the name is the assembler's own: `.L12`, or `$x` and `$d`, which tell code from
    /// data on arm64 (AAELF64, section 5.5).
    private func isLabel(_ name: RawSpan) -> Bool {
        guard let first = name.byte(at: 0) else { return true }
        if first == UInt8(ascii: ".") { return name.byte(at: 1) == UInt8(ascii: "L") }
        guard first == UInt8(ascii: "$"), let second = name.byte(at: 1) else { return false }
        let isMark = [UInt8(ascii: "x"), UInt8(ascii: "d")].contains(second)
        return isMark && (name.byteCount == 2 || name.byte(at: 2) == UInt8(ascii: "."))
    }

    /// Sorts small keys rather than the entries: half the bytes to move.
    private func sortedByAddress(_ found: [FunctionCatalog.Entry]) -> [FunctionCatalog.Entry] {
        struct Key {
            var address: UInt64
            var index: UInt32
        }
        var keys = found.indices.map { Key(address: found[$0].address, index: UInt32($0)) }
        keys.sort { ($0.address, $0.index) < ($1.address, $1.index) }
        return keys.map { found[Int($0.index)] }
    }

    /// Adds the names of one address as a function.
    private mutating func append(
        _ group: ArraySlice<FunctionCatalog.Entry>, sizedEnd: inout UInt64
    ) {
        guard let first = group.first else { return }
        var names = group.count == 1 ? Array(group) : withoutRepeats(group)
        let isTyped = names.contains { $0.kind != Symbol.Kind.none }
        // An untyped name in the middle of a function is a label, not a function.
        guard isTyped || first.address >= sizedEnd else { return }
        if names.count > 1 { names.sort(by: isPreferred) }
        entries += names
        starts.append(Int32(entries.count))
        for name in names where name.size > 0 {
            let (end, overflow) = name.address.addingReportingOverflow(name.size)
            sizedEnd = max(sizedEnd, overflow ? .max : end)
        }
    }

    /// The names of `.dynsym` are in `.symtab` too.
    private func withoutRepeats(
        _ group: ArraySlice<FunctionCatalog.Entry>
    ) -> [FunctionCatalog.Entry] {
        var kept: [FunctionCatalog.Entry] = []
        for entry in group {
            let table = tables[Int(entry.table)]
            let name = table.name(at: entry.nameOffset)
            let isRepeated = kept.contains {
                tables[Int($0.table)].hasName(name, at: $0.nameOffset)
            }
            if !isRepeated { kept.append(entry) }
        }
        return kept
    }

    /// The order of the names of one address. The last rules only make the answer the same every
    /// time, and the plain name (`malloc`) win over the internal one (`__libc_malloc`).
    private func isPreferred(
        _ left: FunctionCatalog.Entry, _ right: FunctionCatalog.Entry
    ) -> Bool {
        let (leftKey, rightKey) = (rank(left), rank(right))
        guard leftKey == rightKey else { return leftKey < rightKey }
        let (leftTable, rightTable) = (tables[Int(left.table)], tables[Int(right.table)])
        let leftName = leftTable.name(at: left.nameOffset)
        let rightName = rightTable.name(at: right.nameOffset)
        let (leftMarks, rightMarks) = (underscores(leftName), underscores(rightName))
        guard leftMarks == rightMarks else { return leftMarks < rightMarks }
        guard leftName.byteCount == rightName.byteCount else {
            return leftName.byteCount < rightName.byteCount
        }
        return leftName.array.lexicographicallyPrecedes(rightName.array)
    }

    private func rank(_ entry: FunctionCatalog.Entry) -> Int {
        Int(entry.binding.rawValue) << 2
            | (entry.size > 0 ? 0 : 2)
            | (entry.kind == Symbol.Kind.none ? 1 : 0)
    }

    private func underscores(_ name: RawSpan) -> Int {
        var count = 0
        while name.byte(at: count) == UInt8(ascii: "_") { count += 1 }
        return count
    }

    private mutating func computeReach() {
        reach.reserveCapacity(starts.count - 1)
        var furthest: UInt64 = 0
        for index in 0..<starts.count - 1 {
            for entry in entries[Int(starts[index])..<Int(starts[index + 1])] {
                let (end, overflow) = entry.address.addingReportingOverflow(entry.size)
                furthest = max(furthest, overflow ? .max : end)
            }
            reach.append(furthest)
        }
    }
}
