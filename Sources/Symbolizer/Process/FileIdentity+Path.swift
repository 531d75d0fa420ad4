package import SystemPackage

extension FileIdentity {
    /// Asks the system about the file at a path, nil if it has none there.
    package init?(path: FilePath) {
        guard let version = FileVersion(path: path) else { return nil }
        self = version.file
    }
}
