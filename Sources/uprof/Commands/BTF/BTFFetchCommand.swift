internal import ArgumentParser
internal import BTFHub
internal import SystemPackage

/// `uprof btf fetch`.
struct BTFFetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch a kernel's type information from a mirror into a hub.",
        discussion: """
            The mirror has the layout of BTFHub's archive; http, https and file URLs will
            do. Downloads go on where they ended, and are compared with the mirror's
            checksum (FILE.sha256) if it has one. This host's kernel by default.

            Example:
              uprof btf fetch --mirror https://example.org/btfhub-archive \\
                --distro centos/7 --release 3.10.0-1160.el7.x86_64
            """)

    @Option(help: ArgumentHelp("The root of the mirror.", valueName: "url"))
    var mirror: String

    @Option(help: ArgumentHelp("The distribution.", valueName: "name/version"))
    var distro: String?

    @OptionGroup(title: "Host")
    var host: HostOptions

    @OptionGroup(title: "Hub")
    var hub: HubOptions

    func run() throws {
        try Failure.reporting {
            let host = try host.host()
            let words = (distro ?? "").split(separator: "/").map(String.init)
            guard let distribution = words.first ?? host.system?.id else {
                throw ValidationError("which distribution? say --distro name/version")
            }
            let version = words.count > 1 ? words[1] : host.system?.version ?? ""
            let architecture = host.architecture ?? Architecture("x86_64")
            let path = FilePath(hub.path)
            let file = try HubFetcher(mirror: mirror, hub: path).fetch(
                release: host.release, distribution: distribution, version: version,
                architecture: architecture)
            _ = try HubIndexer(path).run()
            try StandardOutput.write("\(file)\n")
        }
    }
}
