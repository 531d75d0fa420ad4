internal import Glibc
package import SystemPackage

/// Fetches files from a mirror in the layout of BTFHub's archive, by curl: over HTTP, or from a
/// directory (`file://`).
///
/// What was fetched in part goes on where it ended. Where the mirror has a checksum
/// (`FILE.sha256`, as sha256sum writes it), the file must have it.
package struct HubFetcher: Sendable {
    private let mirror: String
    private let hub: FilePath

    /// Forms a mirror may have a file in.
    private static let endings = [".btf.tar.xz", ".btf.tar.zst", ".btf.tar.gz", ".btf"]

    /// Prepares to fetch from the root of a mirror into a hub.
    package init(mirror: String, hub: FilePath) {
        var mirror = mirror
        while mirror.hasSuffix("/") { mirror.removeLast() }
        self.mirror = mirror
        self.hub = hub
    }

    /// Fetches the file of a kernel, and returns where it is in the hub, which is to be indexed
    /// then.
    ///
    /// - Throws: `HubError` if the mirror has none, or it is damaged.
    package func fetch(
        release: String, distribution: String, version: String, architecture: Architecture
    ) throws(HubError) -> FilePath {
        guard Self.isName(release), Self.isName(distribution), Self.isName(version) else {
            throw HubError(mirror, .unsafeName("\(distribution)/\(version)/\(release)"))
        }
        let major = version.split(separator: ".").first.map(String.init) ?? version
        let versions = major == version ? [version] : [version, major]
        let directories = [architecture.directoryName, architecture.name]
        for version in versions {
            for directory in directories.first == directories.last ? [directories[0]] : directories
            {
                for ending in Self.endings {
                    let path = "\(distribution)/\(version)/\(directory)/\(release)\(ending)"
                    if let file = try fetch(path) { return file }
                }
            }
        }
        let place = "\(distribution)/\(version)/\(architecture.directoryName)/\(release).btf"
        throw HubError("\(mirror)/\(place)", .system(.noSuchFileOrDirectory))
    }

    /// Whether a text is one component of a path.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.contains("/") && !text.hasPrefix(".")
    }

    /// Fetches one file; nil if the mirror does not have it.
    private func fetch(_ path: String) throws(HubError) -> FilePath? {
        let url = "\(mirror)/\(path)"
        let file = hub.pushing(FilePath(path))
        let part = FilePath("\(file.string).part")
        try AtomicFile.makeDirectory(file.removingLastComponent())
        guard try download(url, to: part) else {
            unlink(part.string)
            return nil
        }
        do {
            try check(part, against: "\(url).sha256")
            try HubContents.forEach(in: part) { _ in }
        } catch {
            // To go on from here the next time would never end well.
            unlink(part.string)
            throw HubError(url, error.reason)
        }
        try HubOrigin.write(url, of: file)
        guard rename(part.string, file.string) == 0 else {
            throw HubError(file.string, .system(Errno(rawValue: errno)))
        }
        return file
    }

    /// Downloads a file, from where an earlier try ended; false if there is none.
    private func download(_ url: String, to file: FilePath) throws(HubError) -> Bool {
        var run = try curl(["--continue-at", "-"], url, file)
        // Some servers cannot go on, and some files have become others.
        if run.status == Self.cannotResume || run.status == Self.badRange {
            unlink(file.string)
            run = try curl([], url, file)
        }
        switch run.status {
        case 0: return true
        case Self.httpError where Self.isMissing(run.errors), Self.noSuchFile: return false
        default:
            let message = run.lastErrors
            throw HubError(
                url, .failed(program: "curl", status: "status \(run.status)", message: message))
        }
    }

    /// Statuses of curl(1).
    private static let httpError: Int32 = 22
    private static let cannotResume: Int32 = 33
    private static let badRange: Int32 = 36
    private static let noSuchFile: Int32 = 37

    private static func isMissing(_ message: String) -> Bool {
        ["404", "403", "410"].contains { message.contains("error: \($0)") }
    }

    private func curl(
        _ options: [String], _ url: String, _ file: FilePath
    ) throws(HubError) -> ProgramRun {
        let arguments = [
            "--fail", "--location", "--silent", "--show-error", "--globoff", "--proto",
            "=http,https,file", "--connect-timeout", "30", "--retry", "2", "--output", file.string,
        ]
        do {
            return try ProgramRun("curl", arguments + options + ["--", url])
        } catch .noSuchFileOrDirectory {
            throw HubError(url, .missingProgram("curl", package: "curl"))
        } catch {
            throw HubError("curl", .system(error))
        }
    }

    private func check(_ file: FilePath, against url: String) throws(HubError) {
        let sum = FilePath("\(file.string).sha256")
        defer { unlink(sum.string) }
        unlink(sum.string)
        guard try download(url, to: sum), let text = FileBytes.text(sum) else { return }
        let expected = text.split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() }
        guard let bytes = FileBytes.read(file),
            SHA256.hexadecimal(of: bytes.span.bytes) == expected
        else { throw HubError(url, .damaged("its SHA-256 is not the mirror's")) }
    }
}
