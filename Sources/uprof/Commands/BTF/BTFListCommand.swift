internal import ArgumentParser
internal import BTFHub
internal import Report
internal import SystemPackage

/// `uprof btf list`.
struct BTFListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the kernels of a hub.",
        discussion: """
            Columns, separated by tabs: kernel release, distribution, version,
            architecture, size in bytes, SHA-256, file.

            Example:
              uprof btf list --distro centos --arch x86_64
            """)

    @OptionGroup(title: "Hub")
    var hub: HubOptions

    @Option(help: ArgumentHelp("Only this distribution.", valueName: "name[/version]"))
    var distro: String?

    @Option(help: ArgumentHelp("Only this architecture.", valueName: "name"))
    var arch: String?

    func run() throws {
        try Failure.reporting {
            let filter = KernelFilter(distribution: distro, architecture: arch)
            for record in try hub.open().index.records() where filter.accepts(record) {
                try StandardOutput.write(Self.line(record))
            }
        }
    }

    private static func line(_ record: HubRecord) -> String {
        let member = record.member.isEmpty ? "" : ":\(record.member)"
        let fields = [
            record.release, record.distribution, record.version, record.architecture?.name ?? "",
            "\(record.size)", record.hash, record.path.string + member,
        ]
        return fields.map(HarmlessText.of).joined(separator: "\t") + "\n"
    }
}
