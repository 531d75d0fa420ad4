package import SystemPackage

/// A directory with the types of many kernels, and its index.
///
/// Its layout is that of BTFHub's archive: `distribution/version/architecture/release.btf`, or
/// `….btf.tar.xz`. In `.uprof` are the index and the store, where what was unpacked is kept by the
/// hash of its contents.
package struct Hub: Sendable {
    /// What is in it.
    package let index: HubIndex

    /// Opens an indexed hub.
    ///
    /// - Throws: `HubError` if it has no index.
    package init(_ path: FilePath) throws(HubError) {
        index = try HubIndex(of: path)
    }

    /// The directory.
    package var path: FilePath { index.hub }

    /// The file in the store for some contents.
    private func stored(_ hash: String) -> FilePath {
        path.appending(".uprof/store/\(hash.prefix(2))/\(hash).btf")
    }

    /// Opens type information, out of its archive if need be; that is kept in the store for the
    /// next time if wanted, and if the store can be written.
    ///
    /// - Throws: `HubError` if it cannot be read or is not what the index has.
    package func open(_ record: HubRecord, keeping: Bool = true) throws(HubError) -> BTF {
        let stored = stored(record.hash)
        if let types = try? BTF(path: stored), hash(of: types) == record.hash { return types }
        let (types, isUnpacked) = try unpack(record)
        guard hash(of: types) == record.hash else {
            throw HubError(path.pushing(record.path).string, .changed)
        }
        if isUnpacked, keeping { keep(types, as: stored) }
        return types
    }

    /// A file with just the type information: the very file, or one in the store.
    ///
    /// - Throws: `HubError` if it cannot be read, is not what the index has, or the store cannot be
    ///   written.
    package func file(of record: HubRecord) throws(HubError) -> FilePath {
        let own = path.pushing(record.path)
        let types = try open(record)
        if record.member.isEmpty, record.path.string.hasSuffix(".btf") { return own }
        let stored = stored(record.hash)
        try AtomicFile.makeDirectory(stored.removingLastComponent())
        try AtomicFile.write(types.contents, to: stored)
        return stored
    }

    /// Looks at every file again, and returns those that are not what the index has.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package func verify() throws(HubError) -> [HubError] {
        var errors: [HubError] = []
        for record in try index.records() {
            do {
                let types = try unpack(record).types
                if hash(of: types) != record.hash {
                    errors.append(HubError(path.pushing(record.path).string, .changed))
                }
            } catch {
                errors.append(error)
            }
        }
        return errors
    }

    private func unpack(
        _ record: HubRecord
    ) throws(HubError) -> (types: BTF, isUnpacked: Bool) {
        let file = path.pushing(record.path)
        var found: BTF?
        try HubContents.forEach(in: file) { item in
            if item.member == record.member { found = item.types }
        }
        guard let found else { throw HubError(file.string, .changed) }
        let isPlain = record.path.string.hasSuffix(".btf") && record.member.isEmpty
        return (found, !isPlain)
    }

    private func hash(of types: BTF) -> String { SHA256.hexadecimal(of: types.bytes) }

    private func keep(_ types: BTF, as stored: FilePath) {
        try? AtomicFile.makeDirectory(stored.removingLastComponent())
        try? AtomicFile.write(types.contents, to: stored)
    }
}
