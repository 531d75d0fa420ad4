internal import ArgumentParser
internal import BTFHub
internal import SystemPackage

/// Which host; this one by default.
struct HostOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The kernel release (uname -r).", valueName: "release"))
    var release: String?

    @Option(help: ArgumentHelp("The architecture (uname -m).", valueName: "name"))
    var arch: String?

    @Option(help: ArgumentHelp("The os-release file of the system.", valueName: "file"))
    var osRelease: String?

    /// Whether nothing was said, or what this host is.
    var isThisHost: Bool { release == nil || release == Host.current().release }

    /// The host.
    ///
    /// - Throws: `HubError` if the os-release file cannot be read.
    func host() throws -> Host {
        let own = Host.current()
        var system = isThisHost ? own.system : nil
        if let osRelease { system = try OSRelease(path: FilePath(osRelease)) }
        let architecture =
            arch.map { Architecture($0) }
            ?? (isThisHost ? own.architecture : release.flatMap(Architecture.init(ofRelease:)))
        return Host(release: release ?? own.release, architecture: architecture, system: system)
    }
}
