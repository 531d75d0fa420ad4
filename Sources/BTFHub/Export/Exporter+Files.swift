package import SystemPackage

extension Exporter {
    /// Makes an export of files, each named by its kernel: `RELEASE.btf`.
    ///
    /// - Throws: `BTFError` or `MinimizingError`, of the file that is not one.
    package static func export(
        files: [FilePath], objects: [ProgramObject]
    ) throws -> Result {
        var writer = ExportWriter(objects: objects.map(\.hash))
        for path in files.sorted(by: { $0.string < $1.string }) {
            let types = try BTF(path: path)
            let bytes =
                objects.isEmpty
                ? types.contents : try Minimizer.minimize(types, for: objects).bytes
            writer.add(bytes, of: record(of: path))
        }
        return Result(
            bytes: try writer.bytes(), kernels: files.count, contents: writer.contentCount,
            failures: [])
    }

    private static func record(of path: FilePath) -> HubRecord {
        let name = path.lastComponent?.string ?? path.string
        let release = name.hasSuffix(".btf") ? String(name.dropLast(4)) : name
        return HubRecord(
            release: release, distribution: "", version: "",
            architecture: Architecture(ofRelease: release), hash: "", size: 0, date: 0, origin: "",
            path: path, member: "")
    }
}
