internal import Bytes
internal import Glibc
internal import SystemPackage

/// Looks for the debug files of an image and opens those it finds.
///
/// All that is opened stays open, so that a process can be named after it has exited and its
/// file system is gone. Nothing is read but headers.
struct DebugFileLocator {
    private let image: ELFImage
    private let place: ImagePlace?
    private let search: DebugFileSearch

    private(set) var candidates: [DebugFileCandidate] = []
    private(set) var problems: [DebugFileProblem] = []

    /// Looks for the debug files of an image, the likeliest first; without a place, only by its
    /// build ID.
    init(of image: ELFImage, at place: ImagePlace?, search: DebugFileSearch) {
        self.image = image
        self.place = place
        self.search = search
        if let buildID = image.buildID {
            for path in paths(of: buildID) where !isFound { add(path, proof: .buildID(buildID)) }
        }
        if !isFound, let link = image.debugLink {
            for path in paths(of: link) { add(path, proof: .checksum(link.checksum)) }
        }
        noteIfNothing()
    }

    /// Whether the last one found is it, so that no other one would be asked. Checksums, for which files
    /// are read as a whole, are left for later.
    private var isFound: Bool {
        guard let last = candidates.last, case .buildID = last.proof else { return false }
        return last.image.hasDebugInformation && last.objection == nil
    }

    /// The files that may supplement an image itself, or its debug file.
    static func supplements(
        of file: ELFImage, at place: ImagePlace?, search: DebugFileSearch
    ) -> [ELFImage] {
        guard let link = file.supplementaryLink else { return [] }
        let near = place.map { place in
            place.path.removingLastComponent().pushing(FilePath(link.path)).lexicallyNormalized()
        }
        let name = FilePath(link.path).lastComponent
        var found: [FilePath] = near.flatMap { path in place?.reach(path) }.map { [$0] } ?? []
        // The link may be relative to a directory whose name is a link to another.
        let real = place.flatMap { place in realDirectory(of: place.reach(place.path)) }
        if let real { found.append(real.pushing(FilePath(link.path)).lexicallyNormalized()) }
        for directory in directories(of: search, from: place) {
            found.append(path(of: link.buildID, in: directory))
            if let name { found.append(directory.appending(".dwz").appending(name)) }
        }
        return unique(found).compactMap { path in
            guard let image = try? ELFImage(path: path), image.buildID == link.buildID else {
                return nil
            }
            return image
        }
    }

    private mutating func add(_ path: FilePath, proof: DebugFileCandidate.Proof) {
        guard let version = FileVersion(path: path) else { return }
        if let place, FileVersion(path: place.reach(place.path)) == version {
            if case .checksum = proof { problems.append(.isTheImage(path: path.string)) }
            return
        }
        do throws(ELFError) {
            let file = try ELFImage(path: path)
            let seen = ImagePlace(path: path)
            let supplements = Self.supplements(of: file, at: seen, search: search)
            candidates.append(
                DebugFileCandidate(image: file, proof: proof, supplements: supplements))
        } catch {
            problems.append(.unreadable(error.description))
        }
    }

    private mutating func noteIfNothing() {
        guard candidates.isEmpty, problems.isEmpty else { return }
        let link = image.debugLink?.name
        let isNamed = image.buildID != nil || link != nil
        problems.append(isNamed ? .notFound(link: link, image.buildID) : .notNamed)
    }

    private func paths(of buildID: BuildID) -> [FilePath] {
        guard buildID.bytes.count > 1 else { return [] }
        return Self.unique(
            Self.directories(of: search, from: place).map { Self.path(of: buildID, in: $0) })
    }

    /// Where `.gnu_debuglink` is looked for: beside the image, in `.debug` beside it, and in each
    /// directory of debug files under the path of the image's own.
    private func paths(of link: DebugLink) -> [FilePath] {
        guard let place else { return [] }
        let directory = place.path.removingLastComponent()
        let seen =
            [directory] + (Self.realDirectory(of: place.reach(place.path)).map { [$0] } ?? [])
        var found: [FilePath] = []
        for directory in seen {
            found.append(place.reach(directory).appending(link.name))
            found.append(place.reach(directory).appending(".debug").appending(link.name))
            for tree in Self.directories(of: search, from: place) {
                found.append(tree.appending(directory.components).appending(link.name))
            }
        }
        for tree in search.directories { found.append(tree.appending(link.name)) }
        return Self.unique(found)
    }

    /// The directories of debug files: those asked for, those of the image's own file system,
    /// and those of this one, which is the same but for containers.
    private static func directories(
        of search: DebugFileSearch, from place: ImagePlace?
    ) -> [FilePath] {
        let standard = DebugFileSearch.standardDirectory
        return search.directories + (place.map { [$0.reach(standard)] } ?? []) + [standard]
    }

    private static func path(of buildID: BuildID, in directory: FilePath) -> FilePath {
        let digits = buildID.description
        return directory.appending(".build-id").appending(String(digits.prefix(2)))
            .appending(digits.dropFirst(2) + ".debug")
    }

    /// The directory of a file once links are followed, in this process' own file system.
    private static func realDirectory(of path: FilePath) -> FilePath? {
        guard !path.starts(with: "/proc"), let real = realpath(path.string, nil) else {
            return nil
        }
        defer { free(real) }
        return FilePath(String(cString: real)).removingLastComponent()
    }

    private static func unique(_ paths: [FilePath]) -> [FilePath] {
        var seen: Set<FilePath> = []
        return paths.filter { seen.insert($0).inserted }
    }
}
