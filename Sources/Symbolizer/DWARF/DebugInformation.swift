internal import Bytes
internal import Cache
internal import Synchronization

/// The debugging information of an image (DWARF 2 to 5): which functions and lines its addresses
/// are of.
///
/// The first look-up reads the headers of the units and the first entry of each, or finds in the cache
/// where their code is; all else is read unit by unit, when an address of it is looked up. It can be
/// used by many threads.
///
/// No file makes it trap. What a unit costs is bounded by the bytes of that unit, its line program
/// and the sections it refers to: loops only go forward, chains of names end after 16 entries, and
/// lists of ranges after as many as the unit has bytes.
package final class DebugInformation: Sendable {
    private let main: DebugFile
    private let code: CodeRanges
    private let splitUnits: SplitUnits
    private let index = Lazy<UnitIndex>()
    private let cacheKey: CacheKey?

    /// Opens the debugging information of a file; fails if it has none, or that of a machine of
    /// another byte order.
    ///
    /// - Parameters:
    ///   - file: The image, or its separate debug file.
    ///   - supplementary: What dwz moved there for several files (`.gnu_debugaltlink`).
    ///   - splitFiles: Where the entries of split units are.
    package init?(
        _ file: any SectionSource, supplementary: (any SectionSource)? = nil,
        splitFiles: SplitFileLocator = SplitFileLocator()
    ) {
        guard file.byteOrder == .little, file.sectionBytes(named: ".debug_info") != nil else {
            return nil
        }
        main = DebugFile(file, supplementary: supplementary.map { DebugFile($0) })
        code = CodeRanges(file.codeRanges)
        cacheKey = file.cacheKey(of: "units")
        splitUnits = SplitUnits(splitFiles)
    }

    /// The functions and lines an address is of.
    ///
    /// - Parameters:
    ///   - address: The address, as the image states it.
    ///   - inlines: Whether inlined calls are wanted. Without them the one frame has the line of
    ///     the address all the same.
    ///   - names: Whether the function that has the code is to be named, which takes time where
    ///     nothing was inlined.
    /// - Returns: The innermost inlined call first, the function that has the code last; none if
    ///   nothing is known about the address. The last has no name where only its line is known.
    package func sourceFrames(
        at address: Address, inlines: Bool = true, namesFunction names: Bool = true
    ) -> [SourceFrame] {
        var extent = Range.everywhere
        return sourceFrames(at: address, inlines: inlines, namesFunction: names, &extent)
    }

    /// The same, with the addresses around that have the same frames, but for their columns: `extent`
    /// is narrowed to them.
    package func sourceFrames(
        at address: Address, inlines: Bool, namesFunction names: Bool,
        _ extent: inout Range<UInt64>
    ) -> [SourceFrame] {
        var withoutFunction: [SourceFrame] = []
        let found = units.first(at: address.rawValue, &extent) { unit, extent -> [SourceFrame]? in
            let body = unit.isSplit ? unit.split(splitUnits.unit) ?? unit : unit
            let lookup = UnitLookup(unit: unit, body: body, namesFunction: names)
            guard let result = lookup.frames(at: address.rawValue, inlines: inlines, &extent)
            else { return nil }
            if result.hasFunction { return result.frames }
            if withoutFunction.isEmpty { withoutFunction = result.frames }
            return nil
        }
        return found ?? withoutFunction
    }

    /// Whether a unit states that it has code at an address; it costs no reading of the unit.
    package func covers(_ address: Address) -> Bool {
        var extent = Range.everywhere
        return units.first(at: address.rawValue, &extent) { _, _ in true } == true
    }

    /// Whether it is in other files than those that were found when it was opened.
    package var hasSplitUnits: Bool { units.hasSplitUnits }

    private var units: UnitIndex {
        index.value { UnitIndex(of: main, code: code, as: cacheKey, in: .shared) }
    }
}
