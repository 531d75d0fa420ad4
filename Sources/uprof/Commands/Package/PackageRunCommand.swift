internal import ArgumentParser
internal import Packager
internal import Symbolizer
internal import SystemPackage

/// `uprof package run`.
struct PackageRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Check a bundle with this uprof, then run it.",
        usage: "uprof package run [--public-key KEY] BUNDLE [-- OPTION…]",
        discussion: """
            A bundle checks itself when it is started. Here one that is trusted already
            checks it, and runs the very bytes it has checked, from memory.

            Example:
              uprof package run --public-key team.pub malloc-latency -- --pid 1234
            """)

    @Option(help: ArgumentHelp("The key: a file, or its line of base64.", valueName: "key"))
    var publicKey: String?

    @Argument(help: "The bundle.")
    var bundle: String

    @Argument(parsing: .postTerminator, help: "Options for the bundle.")
    var options: [String] = []

    func run() throws {
        try Failure.reporting {
            let key = try publicKey.map(KeyFiles.publicKey)
            let bundle = try Bundle(try ELFImage(path: FilePath(bundle)))
            if let key { try bundle.verify(key) }
            let file = try MemoryFile(name: "bundle", contents: bundle.bytes)
            try file.execute([self.bundle] + options)
        }
    }
}
