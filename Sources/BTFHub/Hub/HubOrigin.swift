internal import SystemPackage

/// Where a file of a hub came from, in a file beside it whose name begins with a dot.
enum HubOrigin {
    /// What was noted of a file; empty if nothing was.
    static func read(_ hub: FilePath, _ path: String) -> String {
        guard let text = FileBytes.text(note(of: hub.pushing(FilePath(path)))) else { return "" }
        return String(text.prefix(2_000).split(separator: "\n").first ?? "")
    }

    /// Notes where a file came from.
    ///
    /// - Throws: `HubError` if that cannot be written.
    static func write(_ origin: String, of file: FilePath) throws(HubError) {
        try AtomicFile.write(Array("\(origin)\n".utf8), to: note(of: file))
    }

    private static func note(of file: FilePath) -> FilePath {
        let name = file.lastComponent?.string ?? ""
        return file.removingLastComponent().appending(".\(name).origin")
    }
}
