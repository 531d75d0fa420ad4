internal import ArgumentParser
internal import BTFHub
internal import Glibc
internal import SystemPackage

/// Which hub.
struct HubOptions: ParsableArguments {
    @Option(
        name: .customLong("hub"),
        help: ArgumentHelp(
            "The hub; else UPROF_BTF_HUB or ~/.local/share/uprof/btf.", valueName: "directory"))
    var directory: String?

    /// Where it is.
    var path: String { directory ?? Self.standardPath }

    /// Where it is if nothing is said.
    static var standardPath: String { HubPath.standard.string }

    /// Opens it.
    ///
    /// - Throws: `HubError` if it has no index.
    func open() throws -> Hub { try Hub(FilePath(path)) }
}
