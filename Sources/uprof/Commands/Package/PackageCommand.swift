internal import ArgumentParser

/// `uprof package`.
struct PackageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "package",
        abstract: "Make one file that measures on hosts where nothing is installed.",
        discussion: """
            A bundle is a static uprof with what it is to run behind it: the options, and
            the types of many kernels. It is copied to a host and started there.

            Examples:
              uprof package build --attach libc:malloc --stacks --hub ~/hub -o malloc-latency
              uprof package inspect malloc-latency
            """,
        subcommands: [
            PackageBuildCommand.self, PackageInspectCommand.self, PackageRunCommand.self,
            PackageKeygenCommand.self, PackageSignCommand.self, PackageVerifyCommand.self,
            PackageExportCommand.self,
        ])
}
