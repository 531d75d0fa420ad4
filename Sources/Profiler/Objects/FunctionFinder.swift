internal import Glibc
internal import LibBPF
internal import Symbolizer
internal import SystemPackage

/// Finds functions of files for the programs of others: where to put their probes.
struct FunctionFinder {
    /// The process whose files are meant; all processes and the files of this host where nil.
    let process: ProcessID?

    /// More functions by one pattern are not meant.
    private static let mostFunctions = 256

    /// Where libraries mostly are.
    private static let libraryDirectories = [
        "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib",
        "/lib", "/usr/local/lib",
    ]

    /// The places of a program at the start of functions, or at their end.
    ///
    /// - Throws: `ObjectError`, `AttachError`, `FunctionPatternError`, `ProcessError` or `ELFError`
    ///   if there is no such file or function, or it cannot be probed.
    func sites(file: String, function: String, atReturn: Bool) throws -> [UprobeSite] {
        let module = try module(file)
        var planner = ProbePlanner(
            patterns: [try FunctionPattern(function)], policy: .automatic,
            limit: Self.mostFunctions)
        let probes = try planner.probes(in: module)
        _ = try planner.checkMatches(in: module.path, modulePaths: [module.path])
        guard let path = module.openPath else { return [] }
        return try probes.flatMap { probe in
            let offsets = atReturn ? try Self.ends(of: probe) : [probe.entry]
            let isTrampoline = probe.returns == .trampoline
            return offsets.map { offset in
                UprobeSite(
                    path: path, offset: offset.rawValue, process: process?.rawValue,
                    atReturn: atReturn && isTrampoline, cookie: 0)
            }
        }
    }

    /// Where a call's end is seen: by a changed return address where that does no harm, or else at
    /// the instructions that return.
    private static func ends(of probe: FunctionProbe) throws(ObjectError) -> [FileOffset] {
        guard case .exits(let exits) = probe.returns else { return [probe.entry] }
        guard !exits.isEmpty else {
            throw .noReturn(function: probe.name, "it never returns")
        }
        guard exits.allSatisfy({ $0.kind == .return }) else {
            throw .noReturn(
                function: probe.name,
                "exceptions can pass through it, and it ends with a jump to another function")
        }
        return exits.map(\.offset)
    }

    private func module(_ file: String) throws -> ProbePlanner.Module {
        guard let process else {
            let path = try Self.path(of: file)
            _ = try ELFImage(path: path)
            guard let identity = FileIdentity(path: path) else {
                throw ObjectError.noFile(file, places: "this host")
            }
            return ProbePlanner.Module(file: identity, path: path.string, openPath: path)
        }
        let pattern = try FunctionPattern("\(file):any")
        let images = try ProcessSnapshot(of: process).images
        guard let image = images.first(where: { pattern.includes(modulePath: $0.path) }) else {
            throw ObjectError.noFile(file, places: "process \(process)")
        }
        return ProbePlanner.Module(file: image.file, path: image.path, openPath: image.openPath)
    }

    /// The file of a path, or of a program's or library's name.
    private static func path(of file: String) throws(ObjectError) -> FilePath {
        guard !file.contains("/") else { return FilePath(file) }
        let directories = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
        for directory in directories where access("\(directory)/\(file)", X_OK) == 0 {
            return FilePath("\(directory)/\(file)")
        }
        for directory in libraryDirectories {
            // Without a version, it can be a text for linkers.
            for pattern in ["\(file)", "lib\(file).so.*", "\(file).so.*", "lib\(file).so"] {
                if let path = firstImage("\(directory)/\(pattern)") { return path }
            }
        }
        throw .noFile(file, places: "PATH and the directories of libraries; give its path")
    }

    private static func firstImage(_ pattern: String) -> FilePath? {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, 0, nil, &found) == 0 else { return nil }
        return (0..<Int(found.gl_pathc)).lazy
            .compactMap { found.gl_pathv[$0].map { FilePath(String(cString: $0)) } }
            .first { (try? ELFImage(path: $0)) != nil }
    }
}
