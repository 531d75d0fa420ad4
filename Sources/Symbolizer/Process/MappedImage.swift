package import SystemPackage

/// A file of whose code a process has mapped some.
package struct MappedImage: Sendable {
    /// The file.
    package let file: FileIdentity
    /// Its path, as the process sees it.
    package let path: String
    /// A path through which this process reaches the same file, as long as the process runs; nil
    /// where there is none, and the file behind `path` may be another one.
    package let openPath: FilePath?
    /// Whether the file has no name any more: it was deleted or replaced.
    package let isDeleted: Bool
    /// The executable mappings of it, in the order of their addresses; those of a file loaded
    /// twice are all here.
    package let mappings: [ProcessMapping]

    /// The last part of the path.
    package var name: String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// Makes a mapped image of its parts.
    package init(
        file: FileIdentity, path: String, openPath: FilePath?, isDeleted: Bool,
        mappings: [ProcessMapping]
    ) {
        self.file = file
        self.path = path
        self.openPath = openPath
        self.isDeleted = isDeleted
        self.mappings = mappings
    }

    /// How far an image is from the addresses it states, in one of its mappings: what is added
    /// to an address of the image to get one of the process.
    package func loadBias(of image: ELFImage, in mapping: ProcessMapping) -> UInt64? {
        // The first bytes of a mapping can belong to the segment before it, which shares the
        // page, so the distance is taken at a byte the image says is code.
        for segment in image.segments where segment.kind == .load && segment.isExecutable {
            let first = max(segment.offset, mapping.offset.rawValue)
            let size = mapping.end.rawValue - mapping.start.rawValue
            guard segment.distance(toOffset: first) != nil,
                first - mapping.offset.rawValue < size
            else { continue }
            let runtime = mapping.start.rawValue &+ (first - mapping.offset.rawValue)
            return runtime &- (segment.address &+ (first - segment.offset))
        }
        return nil
    }
}
