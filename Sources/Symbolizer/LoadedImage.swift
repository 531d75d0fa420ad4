package import Bytes
internal import SystemPackage

/// An open image and what is known about its code, each part made when it is first asked for.
package final class LoadedImage: Sendable {
    /// The image.
    package let image: ELFImage

    private let place: ImagePlace?
    private let search: DebugFileSearch
    private let catalog = Lazy<FunctionCatalog>()
    let stubs = Lazy<LinkageTables>()
    /// The sections that stubs are in; none where an image has no sections.
    let linkageRanges: [Range<UInt64>]
    let goTable = Lazy<GoFunctionTable?>()
    private let candidates = Lazy<DebugFileLocator>()
    private let files = Lazy<DebugFiles>()
    private let information = Lazy<DebugInformation?>()
    private let locations = Lazy<LocationFinder>()

    /// Takes an image, which may have been read from elsewhere than a file (the vDSO).
    package init(
        image: ELFImage, at place: ImagePlace? = nil, search: DebugFileSearch = DebugFileSearch()
    ) {
        self.image = image
        self.place = place
        self.search = search
        linkageRanges = LinkageTables.sections(of: image)
    }

    /// The functions of the image, by its own symbols.
    package var functions: FunctionCatalog { catalog.value { FunctionCatalog(of: image) } }

    /// The stubs through which the image calls others.
    package var linkageTables: LinkageTables { stubs.value { LinkageTables(of: image) } }

    /// The files that describe the code.
    package var debugFiles: DebugFiles {
        files.value {
            image.hasDebugInformation
                ? DebugFiles(of: image, at: place, search: search)
                : DebugFiles(of: image, found: openDebugFiles(), search: search)
        }
    }

    /// The functions, by the symbols of the image or those of its debug file.
    var namedFunctions: NamedFunctions {
        let files = debugFiles
        guard !image.hasSymbolTable, files.isSeparate, files.file.hasSymbolTable else {
            let tables = SymbolTables(of: image)
            // An object file has functions here alone: no process maps it.
            let known = image.kind == .relocatable ? Lazy() : catalog
            return NamedFunctions(of: image, tables: tables, known: known)
        }
        let tables = SymbolTables(of: image, debugFile: files.file, bias: files.bias)
        return NamedFunctions(of: image, tables: tables)
    }

    /// The DWARF that describes the code, if there is any.
    var debugInformation: DebugInformation? {
        information.value {
            guard debugFiles.file.hasDebugInformation else { return nil }
            return DebugInformation(
                debugFiles.file, supplementary: debugFiles.supplement,
                splitFiles: SplitFileLocator(nextTo: neighbors))
        }
    }

    /// The files that those of split units are looked for beside.
    private var neighbors: [FilePath] {
        let own = place.map { [$0.reach($0.path)] } ?? []
        return debugFiles.isSeparate ? own + [FilePath(debugFiles.file.name)] : own
    }

    /// What finds the functions and lines of addresses.
    var finder: LocationFinder { locations.value { LocationFinder(of: self) } }

    /// Opens what may be its debug file, so that it can be used when the process that runs the
    /// image has exited.
    @discardableResult
    func openDebugFiles() -> DebugFileLocator {
        candidates.value { DebugFileLocator(of: image, at: place, search: search) }
    }

    /// The files besides the image itself that its functions and lines are from, by their versions; nil
    /// where others may be found later on.
    package var debugFileVersions: [FileVersion]? {
        guard search.debuginfod == nil else { return nil }
        let files =
            image.hasDebugInformation
            ? [debugFiles.supplement].compactMap(\.self)
            : openDebugFiles().candidates.flatMap { [$0.image] + $0.supplements }
        let versions = files.compactMap(\.file.version)
        return versions.count == files.count ? versions : nil
    }

    /// Whether it has debugging information in files that were not looked for before they were needed.
    package var hasSplitDebugInformation: Bool {
        // What has not been opened has told nothing.
        information.ifMade??.hasSplitUnits ?? false
    }

    /// The functions of a Go program that is stripped of its symbols; nil for other programs.
    package var goFunctions: GoFunctionTable? { goTable.value { GoFunctionTable(of: image) } }
}
