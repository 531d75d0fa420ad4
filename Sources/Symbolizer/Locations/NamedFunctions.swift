internal import Synchronization

/// Finds the functions that the addresses of an image are in, by its symbols.
///
/// The first address is looked for in what is near it: to look through all symbols of a
/// large program takes a tenth of the time that it takes to sort them.
final class NamedFunctions: Sendable {
    /// A place in a function.
    struct Place {
        /// The preferred name of the function.
        var name: String
        /// How far it is from the function's start.
        var offset: UInt64
        /// Whether the function's size is known, rather than taken to reach up to the next one.
        var isSized: Bool
        /// The addresses around it that are in the function as well.
        var extent: Range<UInt64>
    }

    /// Functions, in a class: thousands of look-ups copy nothing.
    private final class Functions: Sendable {
        let catalog: FunctionCatalog
        let index: SymbolIndex

        init(_ catalog: FunctionCatalog) {
            self.catalog = catalog
            index = catalog.index
        }
    }

    private let image: ELFImage
    private let tables: SymbolTables
    private let known: Lazy<FunctionCatalog>
    private let all = Lazy<Functions>()
    private let searches = Atomic(0)

    /// How many addresses are worth looking through all symbols for.
    private static let mostSearches = 1
    /// How far from an address functions are near it.
    private static let distance: UInt64 = 1 << 20

    /// Finds functions by the symbols of some tables, and leaves all of them in `known`, if others
    /// want them too.
    init(of image: ELFImage, tables: SymbolTables, known: Lazy<FunctionCatalog> = Lazy()) {
        self.image = image
        self.tables = tables
        self.known = known
    }

    /// The place an address is, if it is in a function.
    func find(_ address: Address) -> Place? {
        if searches.load(ordering: .relaxed) < Self.mostSearches, known.ifMade == nil {
            searches.add(1, ordering: .relaxed)
            if let place = findNear(address) { return place }
        }
        return find(address, in: functions)
    }

    /// Sorts all functions, if that has not been done.
    func makeAll() {
        searches.store(Self.mostSearches, ordering: .relaxed)
        _ = functions
    }

    /// Why no function contains an address.
    func reason(for address: Address) -> UnknownReason { functions.index.reason(for: address) }

    private var functions: Functions {
        all.value {
            Functions(
                known.value {
                    FunctionCatalog(of: image, tables: tables, hasCode: image.kind != .core)
                })
        }
    }

    private func find(_ address: Address, in functions: Functions) -> Place? {
        functions.index.find(address).map { place in
            Place(
                name: functions.catalog.text(ofName: place.name), offset: place.offset,
                isSized: place.isSized, extent: place.extent)
        }
    }

    /// The place an address is, if the symbols near it are enough to be sure.
    func findNear(_ address: Address, within distance: UInt64 = distance) -> Place? {
        guard image.kind != .core else { return nil }
        let value = address.rawValue
        let start = value - min(value, distance)
        let (end, overflow) = value.addingReportingOverflow(distance)
        let near = start..<(overflow ? .max : end)
        let catalog = FunctionCatalog(of: image, tables: tables, near: near)
        // One that starts elsewhere may have other names there, that do not reach as far; and one
        // without a type may be a label of a function that does not.
        let isClear = !catalog.hasEntry {
            $0.address < start && $0.kind == Symbol.Kind.none
        }
        guard isClear, let place = find(address, in: Functions(catalog)),
            place.offset <= value - start
        else {
            return nil
        }
        return place
    }
}
