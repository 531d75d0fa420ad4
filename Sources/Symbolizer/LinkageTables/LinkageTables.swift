internal import Bytes

/// The stubs through which an image calls functions of others (`.plt`, `.plt.sec`, `.plt.got`),
/// named after what they call: `printf@plt`.
///
/// No symbol table has these names. A stub's instructions tell its slot of the global offset
/// table, the slot's relocation tells the symbol. The first stub of a lazy table, which calls the
/// dynamic linker for all others, stands for no function and stays without a name.
///
/// Reading takes time and memory in proportion to the tables, without section headers in
/// proportion to the code. Only x86-64 is decoded.
package struct LinkageTables: Sendable {
    private struct Stub {
        var start: UInt64
        var end: UInt64
        var target: LinkageRelocations.Target
    }

    private let image: ELFImage
    private let symbols: SymbolTable?
    /// By address.
    private let stubs: [Stub]

    /// Reads the tables of an image.
    package init(of image: ELFImage) {
        let relocations = LinkageRelocations(of: image)
        var stubs: [Stub] = []
        for range in Self.ranges(of: image) where !relocations.targets.isEmpty {
            stubs += Self.stubs(in: range, of: image, relocations)
        }
        self.image = image
        self.stubs = stubs.sorted { $0.start < $1.start }
        symbols = Self.symbols(of: image, relocations)
    }

    /// What the name of a stub has besides that of the function it calls.
    static let nameSuffix = "@plt"

    /// How many stubs there are.
    package var count: Int { stubs.count }

    /// Where the stubs start, in order.
    package var addresses: [Address] { stubs.map { Address($0.start) } }

    /// The stub an address is in, as a function that cannot be probed, or nil.
    package func lookup(_ address: Address) -> Function? {
        let value = address.rawValue
        var (low, high) = (0, stubs.count)
        while low < high {
            let middle = low + (high - low) / 2
            if stubs[middle].end <= value { low = middle + 1 } else { high = middle }
        }
        guard low < stubs.count, stubs[low].start <= value else { return nil }
        return function(stubs[low])
    }

    private func function(_ stub: Stub) -> Function? {
        let name: String
        switch stub.target {
        case .resolver(let address): name = "*ABS*+0x\(String(address, radix: 16))"
        case .symbol(let number):
            guard number > 0, let symbols, let symbol = symbols.symbol(at: number),
                symbols.hasName(at: symbol.nameOffset)
            else { return nil }
            name = symbols.name(at: symbol.nameOffset).text
        }
        guard !name.isEmpty else { return nil }
        let address = Address(stub.start)
        return Function(
            name: name + Self.nameSuffix, aliases: [], address: address,
            size: stub.end - stub.start, fileOffset: image.fileOffset(of: address),
            binding: .local, source: .linkageTable, probeability: .notProbeable(.linkageStub))
    }

    /// The addresses at which stubs may be: sections of known names, or all code of an image
    /// without section headers.
    private static func ranges(of image: ELFImage) -> [Range<UInt64>] {
        guard image.sections.isEmpty else { return sections(of: image) }
        let segments = image.segments.filter { $0.kind == .load && $0.isExecutable }
        return ranges(segments.map { ($0.address, $0.fileSize) })
    }

    /// The addresses of the sections that stubs are in.
    static func sections(of image: ELFImage) -> [Range<UInt64>] {
        let sections = image.sections.filter { $0.isLinkageTable && $0.isExecutable }
        return ranges(sections.map { ($0.address, $0.size) })
    }

    private static func ranges(_ starts: [(address: UInt64, size: UInt64)]) -> [Range<UInt64>] {
        starts.compactMap { start, size in
            let (end, overflow) = start.addingReportingOverflow(size)
            return overflow ? nil : start..<end
        }
    }

    private static func stubs(
        in range: Range<UInt64>, of image: ELFImage, _ relocations: LinkageRelocations
    ) -> [Stub] {
        guard let offset = image.fileOffset(of: Address(range.lowerBound)),
            let code = try? image.file.bytes.slice(
                at: offset.rawValue, count: range.upperBound - range.lowerBound)
        else { return [] }
        // Where any code may be, only what no other code refers to is proof of a stub.
        let known = image.sections.isEmpty ? relocations.linkageSlots : nil
        var found: [Stub] = []
        let step = LinkageStub.alignment
        var address = (range.lowerBound &+ (step - 1)) / step * step
        while address >= range.lowerBound, address < range.upperBound {
            let place = address - range.lowerBound
            if let stub = LinkageStub(at: place, of: code, address: address),
                let target = target(of: stub, relocations, known)
            {
                // Stubs of eight bytes are followed by the next one.
                if let last = found.indices.last {
                    found[last].end = min(found[last].end, address)
                }
                let size = min(stub.longestSize, range.upperBound - address)
                found.append(Stub(start: address, end: address + size, target: target))
            }
            let (next, overflow) = address.addingReportingOverflow(step)
            if overflow { break }
            address = next
        }
        return found
    }

    private static func target(
        of stub: LinkageStub, _ relocations: LinkageRelocations, _ known: Set<UInt64>?
    ) -> LinkageRelocations.Target? {
        switch stub.target {
        case .slot(let slot):
            if let known, !known.contains(slot) { return nil }
            return relocations.targets[slot]
        case .relocation(let number):
            guard known == nil, Int(number) < relocations.linkage.count else { return nil }
            return relocations.linkage[Int(number)].target
        }
    }

    /// The dynamic linker's symbols. Their count is not that of the hash table, which has only
    /// the defined ones: the relocations tell the highest in use.
    private static func symbols(
        of image: ELFImage, _ relocations: LinkageRelocations
    ) -> SymbolTable? {
        if let table = SymbolTables.dynamicTable(inSectionsOf: image) { return table }
        var highest: UInt32 = 0
        for case .symbol(let number) in relocations.targets.values {
            highest = max(highest, number)
        }
        return SymbolTables.dynamicTable(of: image, count: UInt64(highest) + 1)
    }
}
