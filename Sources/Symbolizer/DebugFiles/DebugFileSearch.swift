package import SystemPackage

/// Where separate debug files are looked for.
package struct DebugFileSearch: Sendable {
    /// Directories that have files by build ID, or by the path of the image; besides the
    /// standard one, and before it.
    package var directories: [FilePath]
    /// The client that asks servers, if they may be asked.
    package var debuginfod: DebuginfodClient?

    /// Where distributions install debug files.
    static let standardDirectory: FilePath = "/usr/lib/debug"

    /// A search in the directories given and the standard ones; servers are asked if there is a
    /// client.
    package init(directories: [FilePath] = [], debuginfod: DebuginfodClient? = nil) {
        self.directories = directories
        self.debuginfod = debuginfod
    }
}

/// Where an image is, as the process that runs it sees it.
package struct ImagePlace: Hashable, Sendable {
    /// The directory that is the root for the process: `/`, or `/proc/PID/root`.
    package let root: FilePath
    /// The absolute path below the root.
    package let path: FilePath

    /// Makes a place of its parts.
    package init(root: FilePath = "/", path: FilePath) {
        self.root = root
        self.path = path
    }

    /// The path by which this process reaches what the other one calls `path`.
    func reach(_ path: FilePath) -> FilePath {
        root == "/" ? path : root.appending(path.components)
    }
}
