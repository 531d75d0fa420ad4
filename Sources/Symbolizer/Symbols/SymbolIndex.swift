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
        /// Its preferred name, as the index of an entry.
        var name: Int
        /// How far it is from the function's start.
        var offset: UInt64
        /// Whether the function's symbol has a size, by which it contains the place.
        var isSized: Bool
        /// The addresses around it that are in the function as well, by all that is known of others.
        var extent: Range<UInt64>
    }

    /// The place an address is, if it is in a function; without copying the function's names.
    func find(_ address: Address) -> Place? {
        let value = address.rawValue
        guard let nearest = catalog.addresses.lastIndex(atOrBefore: value) else { return nil }
        let next = nearest + 1 < catalog.count ? catalog.addresses[nearest + 1] : .max
        var index = nearest
        while index >= 0, index == nearest || catalog.reach[index] > value {
            let start = catalog.addresses[index]
            let size = size(of: index)
            if value - start < size || value == start || (size == 0 && value < nextEnd(of: index)) {
                let name = catalog.preferredName(of: index)
                // A name that is no name: looked at here, as few symbols are ever asked for.
                if catalog.withName(name, { $0.byteCount > 0 }) {
                    let (end, overflow) = start.addingReportingOverflow(size)
                    let known = size == 0 ? nextEnd(of: index) : overflow ? .max : end
                    // Another one that starts in between may reach up to just before it.
                    let first = index == nearest ? start : value
                    return Place(
                        index: index, name: name, offset: value - start, isSized: size > 0,
                        extent: first..<max(min(known, next), value))
                }
            }
            index -= 1
        }
        return nil
    }

    /// The size of a function by its symbols, 0 if they do not tell.
    private func size(of index: Int) -> UInt64 {
        catalog.allNames(of: index).reduce(0) { max($0, catalog.entry($1).size) }
    }

    /// Where a function without a size ends: for a symbol of the full table, where the next
    /// function or its section starts. Exported ones without a size are the assembler's or the
    /// linker's marks: those stand for their own address alone.
    private func nextEnd(of index: Int) -> UInt64 {
        let start = catalog.addresses[index]
        let isFull = catalog.allNames(of: index).contains {
            catalog.tables.all[Int(catalog.entry($0).table)].source != .dynamicSymbolTable
        }
        guard isFull else { return start }
        let next = index + 1 < catalog.count ? catalog.addresses[index + 1] : .max
        return min(next, boundary(after: start))
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
