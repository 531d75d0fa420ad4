/// Finds the function an address of an image is in.
package struct SymbolIndex: Sendable {
    /// What is known about an address.
    package enum Lookup: Hashable, Sendable {
        /// It is in a function, at an offset from its start.
        case function(Function, offset: UInt64)
        /// It is in none.
        case unknown(UnknownReason)
    }

    private let catalog: FunctionCatalog

    init(catalog: FunctionCatalog) {
        self.catalog = catalog
    }

    /// The function an address is in.
    ///
    /// An address between two functions is unknown: the function before it is a wrong answer.
    package func lookup(_ address: Address) -> Lookup {
        guard let place = find(address) else { return .unknown(reason(for: address)) }
        return .function(catalog[place.index], offset: place.offset)
    }

    /// A place in a function of the catalog.
    struct Place {
        /// The number of the function.
        var index: Int
        /// How far it is from the function's start.
        var offset: UInt64
        /// Whether the function's symbol has a size, by which it contains the place.
        var isSized: Bool
    }

    /// The place an address is, if it is in a function; without copying the function's names.
    func find(_ address: Address) -> Place? {
        let value = address.rawValue
        var index = lastIndex(atOrBefore: value)
        let nearest = index
        while let candidate = index, catalog.reach[candidate] > value || candidate == nearest {
            let start = catalog.addresses[candidate]
            if value < end(of: candidate) || value == start {
                let names = catalog.names(of: candidate)
                // A name that is no name: looked at here, as few symbols are ever asked for.
                if catalog.withName(names.lowerBound, { $0.byteCount > 0 }) {
                    let isSized = names.contains { catalog.entries[$0].size > 0 }
                    return Place(index: candidate, offset: value - start, isSized: isSized)
                }
            }
            index = candidate > 0 ? candidate - 1 : nil
        }
        return nil
    }

    /// Where a function ends: where its symbol says, or, for a symbol of the full table without
    /// a size, where the next function or its section starts. Exported ones without a size are
    /// the assembler's or the linker's marks: those stand for their own address alone.
    private func end(of index: Int) -> UInt64 {
        let names = catalog.entries[catalog.names(of: index)]
        guard let first = names.first else { return 0 }
        let size = names.reduce(0) { max($0, $1.size) }
        if size > 0 {
            let (end, overflow) = first.address.addingReportingOverflow(size)
            return overflow ? .max : end
        }
        let isFull = names.contains {
            catalog.tables.all[Int($0.table)].source != .dynamicSymbolTable
        }
        guard isFull else { return first.address }
        let next =
            index + 1 < catalog.count
            ? catalog.addresses[index + 1] : .max
        return min(next, boundary(after: first.address))
    }

    /// Where the section of an address ends, or its segment where there are no sections.
    private func boundary(after address: UInt64) -> UInt64 {
        if let section = catalog.image.section(containing: Address(address)) {
            return end(section.address, section.size)
        }
        let segment = catalog.image.segments.first {
            $0.kind == .load && $0.distance(to: address) != nil
        }
        return segment.map { end($0.address, $0.fileSize) } ?? address
    }

    /// Where a range ends, which may be where addresses do.
    private func end(_ start: UInt64, _ size: UInt64) -> UInt64 {
        let (end, overflow) = start.addingReportingOverflow(size)
        return overflow ? .max : end
    }

    private func lastIndex(atOrBefore address: UInt64) -> Int? {
        var (low, high) = (0, catalog.addresses.count)
        while low < high {
            let middle = low + (high - low) / 2
            if catalog.addresses[middle] <= address {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low > 0 ? low - 1 : nil
    }

    /// Why no function contains an address.
    func reason(for address: Address) -> UnknownReason {
        let image = catalog.image
        guard image.isExecutable(address) else { return .notCode }
        if let section = image.section(containing: address), section.isLinkageTable {
            return .linkageTable
        }
        return catalog.isEmpty ? .noSymbols : .betweenSymbols
    }
}

extension FunctionCatalog {
    /// The same functions, to be found by address.
    package var index: SymbolIndex { SymbolIndex(catalog: self) }
}
