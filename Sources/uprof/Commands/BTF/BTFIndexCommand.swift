internal import ArgumentParser
internal import BTFHub
internal import SystemPackage

/// `uprof btf index`.
struct BTFIndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Make or renew the index of a hub.",
        discussion: """
            Looks at all files that may have type information: .btf, .btf.tar.xz and the
            like, vmlinux, debug packages. Only files that have changed are read again.
            Files that cannot be used are listed and left out.

            Example:
              uprof btf index ~/btfhub-archive
            """)

    @Argument(help: ArgumentHelp("The hub.", valueName: "directory"))
    var directory: String = HubOptions.standardPath

    @Flag(help: "Do not show progress.")
    var quiet = false

    func run() throws {
        try Failure.reporting {
            let line = ProgressLine(isQuiet: quiet)
            let summary = try HubIndexer(FilePath(directory)) { progress in
                line.show("\(progress.done) of \(progress.total) files, \(progress.bytes >> 20) MB")
            }.run()
            line.clear()
            for failure in summary.failures {
                StandardError.write("uprof: left out: \(failure.reason)\n")
            }
            try StandardOutput.write(
                "\(summary.usable) usable, \(summary.failures.count) left out, "
                    + "\(summary.examined) examined\n")
        }
    }
}
