internal import BTFHub
internal import SystemPackage

/// The type information that programs are fitted to, where the kernel itself has none.
enum MeasurementTypes {
    /// The file libbpf is to take, nil for the kernel's own: one named by the user, an image of the
    /// kernel, that of its very release in the standard hub.
    ///
    /// - Throws: `AttachError` if there is none, `BTFError` if the file named is no type
    ///   information, `HubError` if the hub is damaged.
    static func file(named file: FilePath?) throws -> FilePath? {
        lazy var host = Host.current()
        switch try find(host, file) {
        case .found(.named(let path)):
            // All that libbpf says of a file that is none is a number.
            _ = try BTF(path: path)
            return path
        case .found(.kernel):
            return nil
        case .found(.image(let path)):
            return path
        case .found(.hub(let record, _)):
            return try Hub(HubPath.standard).file(of: record)
        case .undecided(let match):
            throw AttachError.noTypes(TypesNotFound(host: host, match: match).description)
        case .nothing:
            throw AttachError.noTypes(TypesNotFound(host: host, match: nil).description)
        }
    }

    /// Opens the hub only where the kernel has nothing: a damaged one is in nobody's way.
    private static func find(
        _ host: @autoclosure () -> Host, _ file: FilePath?
    ) throws(HubError) -> TypesLocator.Finding {
        let locator = TypesLocator()
        let finding = try locator.find(host(), file: file)
        guard case .nothing = finding else { return finding }
        do {
            return try locator.find(host(), in: try HubIndex(of: HubPath.standard))
        } catch  where error.reason == .notIndexed {
            return .nothing
        }
    }
}
