internal import SystemPackage

/// Finds paths to the files a process has mapped, whatever file system the process sees.
struct ImageLocator {
    let files: ProcessFiles

    /// The images of which a process has mapped code, in the order of their first mappings.
    func images(in mappings: [ProcessMapping]) -> [MappedImage] {
        var order: [FileIdentity] = []
        var groups: [FileIdentity: [ProcessMapping]] = [:]
        for mapping in mappings
        where mapping.kind == .file && mapping.permissions.contains(.execute) {
            if groups[mapping.file] == nil { order.append(mapping.file) }
            groups[mapping.file, default: []].append(mapping)
        }
        return order.compactMap { file in
            guard let group = groups[file], let first = group.first else { return nil }
            return MappedImage(
                file: file, path: first.path, openPath: openPath(of: first),
                isDeleted: first.isDeleted, mappings: group)
        }
    }

    /// A path to the very file that is mapped, not to one that took its name.
    ///
    /// The path within the process' root comes first: it stays valid when mappings change. The
    /// link of the mapping needs a privilege but also finds deleted files. The kernel writes
    /// other device numbers into maps than stat(2) returns for btrfs and overlayfs, where one
    /// mount has several devices: there the number of the file has to do.
    private func openPath(of mapping: ProcessMapping) -> FilePath? {
        let range =
            String(mapping.start.rawValue, radix: 16)
            + "-" + String(mapping.end.rawValue, radix: 16)
        let rooted = files.path("root" + mapping.path)
        let linked = files.path("map_files/" + range)
        let program = files.path("exe")
        let rootedFile = mapping.isDeleted ? nil : FileIdentity(path: rooted)
        if rootedFile == mapping.file { return rooted }
        if FileIdentity(path: linked) != nil { return linked }
        if FileIdentity(path: program) == mapping.file { return program }
        return rootedFile?.inode == mapping.file.inode ? rooted : nil
    }
}
