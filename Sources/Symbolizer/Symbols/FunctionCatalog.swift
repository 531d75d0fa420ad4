internal import Bytes

/// The functions of an image, one for each address, in the order of the addresses.
///
/// Names stay where they are in the file until a function is asked for, so that a catalog of
/// hundreds of thousands of functions costs little more than sorting their addresses.
package struct FunctionCatalog: Sendable {
    /// The image the functions are of.
    package let image: ELFImage

    let tables: SymbolTables
    /// All names, in the order of the tables; labels within functions too.
    private let entries: [Entry]
    /// The names of functions, as indices of `entries`: those of one address next to each other.
    private let order: [UInt32]
    /// Where in `order` the names of each function start; one more, at the end.
    let starts: [Int32]
    /// Where each function is.
    let addresses: SortedAddresses
    /// For each function, where the furthest of it and those before it ends.
    let reach: [UInt64]

    /// A name of a function.
    struct Entry {
        var address: UInt64
        var size: UInt64
        var nameOffset: UInt32
        var table: UInt8
        var kind: UInt8
        var binding: SymbolBinding

        /// Where it ends, by its own size.
        var end: UInt64 {
            let (end, overflow) = address.addingReportingOverflow(size)
            return overflow ? .max : end
        }
    }

    /// Collects the functions of an image; none of an object file, which no process maps.
    package init(of image: ELFImage) {
        let hasCode = image.kind != .relocatable && image.kind != .core
        self.init(of: image, tables: SymbolTables(of: image), hasCode: hasCode)
    }

    /// Collects functions by symbols of the image or of its debug file.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - tables: Where its symbols are.
    ///   - hasCode: Whether it has any functions.
    ///   - window: Where functions are wanted; those that reach into it are collected too.
    init(
        of image: ELFImage, tables: SymbolTables, hasCode: Bool = true,
        near window: Range<UInt64> = 0..<(.max)
    ) {
        var builder = FunctionCatalogBuilder(image: image, tables: tables.all, near: window)
        if hasCode { builder.build() }
        self.image = image
        self.tables = tables
        entries = builder.entries
        order = builder.order
        starts = builder.starts
        addresses = SortedAddresses(builder.addresses)
        reach = builder.reach
    }

    /// Whether any name holds for a predicate, labels too.
    func hasEntry(where predicate: (Entry) -> Bool) -> Bool { entries.contains(where: predicate) }

    /// Whether the image has any symbol table, though perhaps one without functions.
    package var hasSymbols: Bool { !tables.all.isEmpty }

    /// The name of an index.
    func entry(_ index: Int) -> Entry { entries[Int(order[index])] }

    /// The names of a function, repeated ones too, by their indices.
    func allNames(of index: Int) -> Range<Int> {
        Int(starts[index])..<Int(starts[index + 1])
    }

    /// Calls `body` with the bytes of a name.
    func withName<Result>(_ entry: Int, _ body: (RawSpan) -> Result) -> Result {
        let entry = self.entry(entry)
        let table = tables.all[Int(entry.table)]
        return body(table.name(at: entry.nameOffset))
    }

    /// The text of a name.
    func text(ofName entry: Int) -> String { withName(entry) { $0.text } }

    /// The preferred name of a function.
    func name(ofFunctionAt index: Int) -> String { text(ofName: preferredName(of: index)) }

    /// The function at a place of the catalog, under one of its names.
    func function(at index: Int, named chosen: Int? = nil) -> Function {
        let names = names(of: index)
        let chosen = chosen ?? names.preferred
        let entry = self.entry(chosen)
        let size = allNames(of: index).reduce(0) { Swift.max($0, self.entry($1).size) }
        let address = Address(entry.address)
        let others = names.filter { $0 != chosen }.map(text(ofName:))
        let name = text(ofName: chosen)
        let isIndirect = names.contains { self.entry($0).kind == Symbol.Kind.indirectFunction }
        return Function(
            name: name, aliases: others, address: address, size: size,
            fileOffset: image.fileOffset(of: address), binding: entry.binding,
            source: tables.all[Int(entry.table)].source,
            probeability: probeability(
                at: address, names: [name] + others, isIndirect: isIndirect))
    }

    private func probeability(
        at address: Address, names: [String], isIndirect: Bool
    ) -> Probeability {
        if !image.isExecutable(address) { return .notProbeable(.outsideExecutableSegment) }
        if isIndirect { return .notProbeable(.indirectFunction) }
        if image.isProgram, address == image.entry { return .entryOnly(.notCalled) }
        for name in names {
            if let hazard = Probeability.ReturnHazard(ofFunctionNamed: name) {
                return .entryOnly(hazard)
            }
        }
        return image.isGo ? .entryOnly(.goStack) : .probeable
    }
}

extension FunctionCatalog: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { starts.count - 1 }

    /// The function at a place, under its preferred name.
    package subscript(index: Int) -> Function { function(at: index) }
}
