internal import Bytes
internal import SystemPackage

/// The type information in one file of a hub, whatever form the file has.
struct HubContents {
    /// Type information, and the name it has.
    struct Item {
        /// The name within the archive; empty if the file is none.
        let member: String
        /// The type information.
        let types: BTF
    }

    /// A whole kernel's has 5 MB; with all modules merged in, ten times as many.
    private static let largest = 256 << 20

    /// Hands out what is in a file, one after the other.
    ///
    /// - Throws: `HubError` if the file cannot be read or has nothing in it.
    static func forEach(
        in path: FilePath, _ body: (Item) throws(HubError) -> Void
    ) throws(HubError) {
        let name = path.string
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch {
            throw HubError(name, .system(error as? Errno ?? .ioError))
        }
        defer { try? descriptor.close() }
        let file = try mapping(name) { () throws(Errno) in try MappedFile(descriptor: descriptor) }
        if isTypes(file.bytes) {
            try body(
                Item(
                    member: "",
                    types: try types(name) { () throws(BTFError) in
                        try BTF(file: file, name: name)
                    }))
            return
        }
        let count = try forEach(
            inArchive: descriptor, name, spoolingTo: path.removingLastComponent(), depth: 0, body)
        guard count > 0 else { throw HubError(name, .nothingInside) }
    }

    /// Hands out what is in an archive, and returns how many there were.
    private static func forEach(
        inArchive descriptor: FileDescriptor, _ name: String, spoolingTo directory: FilePath,
        depth: Int, _ body: (Item) throws(HubError) -> Void
    ) throws(HubError) -> Int {
        var reader = try ArchiveReader(descriptor: descriptor, name: name)
        var count = 0
        while let member = try reader.next() {
            if reader.isPackage, member.hasPrefix("data.tar"), depth == 0 {
                let spool = try mapping(name) { () throws(Errno) in
                    try TemporarySpool(in: directory)
                }
                try reader.copy(to: spool.descriptor)
                try rewind(spool.descriptor, name)
                count += try forEach(
                    inArchive: spool.descriptor, name, spoolingTo: directory, depth: 1, body)
            } else if member.hasSuffix(".btf") || reader.isRaw {
                let bytes = try reader.contents(limit: largest)
                let types = try types(name) { () throws(BTFError) in
                    try BTF(bytes: bytes, name: name)
                }
                try body(Item(member: reader.isRaw ? "" : member, types: types))
                count += 1
            } else if KernelImageName.isImage(member) {
                let spool = try mapping(name) { () throws(Errno) in
                    try TemporarySpool(in: directory)
                }
                try reader.copy(to: spool.descriptor)
                let file = try mapping(name) { () throws(Errno) in try spool.map() }
                let types = try types(name) { () throws(BTFError) in
                    try BTF(file: file, name: "\(name): \(member)")
                }
                try body(Item(member: member, types: types))
                count += 1
            }
        }
        return count
    }

    /// Whether bytes are type information or an ELF file.
    private static func isTypes(_ bytes: RawSpan) -> Bool {
        (try? BTFHeader.byteOrder(of: bytes)) != nil || ELFMagic.begins(bytes)
    }

    private static func rewind(_ descriptor: FileDescriptor, _ name: String) throws(HubError) {
        do {
            try descriptor.seek(offset: 0, from: .start)
        } catch {
            throw HubError(name, .system(error as? Errno ?? .ioError))
        }
    }

    private static func types(
        _ name: String, _ body: () throws(BTFError) -> BTF
    ) throws(HubError) -> BTF {
        do {
            let types = try body()
            try types.verify()
            return types
        } catch {
            throw HubError(name, .types(error))
        }
    }

    private static func mapping<Result: ~Copyable>(
        _ name: String, _ body: () throws(Errno) -> Result
    ) throws(HubError) -> Result {
        do {
            return try body()
        } catch {
            throw HubError(name, .system(error))
        }
    }
}
