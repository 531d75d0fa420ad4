internal import ArgumentParser
internal import BTFHub
internal import Packager
internal import Symbolizer
internal import SystemPackage

/// `uprof package inspect`.
struct PackageInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is in a bundle.",
        discussion: """
            The bundle is checked before, but not its signature; see verify.

            Example:
              uprof package inspect malloc-latency
            """)

    @Flag(help: "Print JSON, schema uprof.bundle/1.")
    var json = false

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        try Failure.reporting {
            let summary = try BundleSummary(try Bundle(try ELFImage(path: FilePath(bundle))))
            try StandardOutput.write(json ? summary.json : summary.text)
        }
    }
}
