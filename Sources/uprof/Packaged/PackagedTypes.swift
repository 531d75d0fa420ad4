internal import BTFHub
internal import Bytes
internal import Packager
internal import Symbolizer
internal import SystemPackage

/// There are no types of this kernel, neither its own nor in the bundle.
struct NoKernelTypes: Error, CustomStringConvertible {
    let host: Host
    /// What the bundle has instead, if it has any.
    let match: HubMatch?

    var description: String {
        let start = "kernel \(host.release) has no type information, and the bundle none for it"
        switch match {
        case .missing(let nearest) where !nearest.isEmpty:
            let names = nearest.map { "  \($0.release)" }.joined(separator: "\n")
            return "\(start); build it from a hub with this kernel. The nearest, which are not used"
                + " without --allow-nearest, are:\n\(names)"
        case .contested(let records):
            return "\(start) alone: \(records.count) different ones of this release; give --btf"
        default:
            return "\(start); build it from a hub with this kernel"
        }
    }
}

/// The types of kernels that a bundle carries.
struct PackagedTypes {
    /// The types of this kernel for libbpf, and what to say of them.
    struct Choice: ~Copyable {
        /// A file with them; nil where the kernel has its own.
        let file: MemoryFile?
        let words: String

        /// The path of the file.
        var path: String? {
            switch file {
            case .some(let file): file.path
            case .none: nil
            }
        }
    }

    let export: Export

    /// Opens those of a bundle; nil if it has none.
    ///
    /// - Throws: `HubError` if they are damaged, for all that their digest is right.
    init?(_ bundle: Bundle) throws(HubError) {
        guard let entry = bundle.entries(.btf).first else { return nil }
        export = try Export(
            bytes: bundle.contents(of: entry).bytes.array, name: "\(bundle.name): \(entry.name)")
    }

    /// Chooses the types of this kernel: its own, or those of the very release.
    ///
    /// - Throws: `NoKernelTypes` if there are none.
    static func choose(
        from types: PackagedTypes?, allowingNearest: Bool
    ) throws -> Choice {
        let host = Host.current()
        let finding = try TypesLocator().find(
            host, in: types?.export, allowingNearest: allowingNearest)
        switch finding {
        case .found(.hub(let record, let reason)):
            let bytes = try types?.export.contents(of: record) ?? []
            return Choice(
                file: try MemoryFile(name: "btf", contents: bytes.span.bytes),
                words: "from the bundle, \(record.release): \(reason.words)")
        case .found(.kernel(let path)), .found(.image(let path)), .found(.named(let path)):
            return Choice(file: nil, words: path.string)
        case .undecided(let match): throw NoKernelTypes(host: host, match: match)
        case .nothing: throw NoKernelTypes(host: host, match: nil)
        }
    }
}
