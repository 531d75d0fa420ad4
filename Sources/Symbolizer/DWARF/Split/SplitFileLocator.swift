package import SystemPackage

/// Where the files are that hold the entries of split units (`-gsplit-dwarf`).
package struct SplitFileLocator: Sendable {
    /// The files next to which they are looked for.
    private let neighbors: [FilePath]

    /// Looks at the paths the compiler has recorded, and next to the files named.
    ///
    /// - Parameter neighbors: The image, and its separate debug file.
    package init(nextTo neighbors: [FilePath] = []) {
        self.neighbors = neighbors
    }

    /// The package with the split units of an image (`FILE.dwp`), if there is one.
    func package() -> ELFImage? {
        for neighbor in neighbors {
            if let file = try? ELFImage(path: FilePath(neighbor.string + ".dwp")) { return file }
        }
        return nil
    }

    /// The files that may have a split unit, the likeliest first, by the path that its skeleton
    /// names and the directory where the compiler ran.
    func paths(ofFile name: String, in directory: String?) -> [FilePath] {
        let path = FilePath(name)
        var paths = [FilePath(directory ?? "").pushing(path)]
        for neighbor in neighbors {
            let folder = neighbor.removingLastComponent()
            paths.append(folder.pushing(path))
            if let last = path.lastComponent { paths.append(folder.appending(last)) }
        }
        return paths
    }
}
