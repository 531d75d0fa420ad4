internal import ArgumentParser
internal import Packager

/// What a bundle says of itself.
struct BundleDescriptionOptions: ParsableArguments {
    @Option(help: "What it is called; the name of the file by default.")
    var name: String?

    @Option(help: ArgumentHelp("Its version; 1.0 by default.", valueName: "version"))
    var packageVersion: String?

    @Option(help: ArgumentHelp("What it does, in a line.", valueName: "text"))
    var summary: String?

    /// Whether anything is said here.
    var isGiven: Bool { name != nil || packageVersion != nil || summary != nil }

    /// The manifest.
    ///
    /// - Throws: `ValidationError` if a text has more than one line.
    func manifest(
        command: Manifest.Command, arguments: [String], output: String
    ) throws -> Manifest {
        let file = output.split(separator: "/").last.map(String.init) ?? output
        let what =
            switch command {
            case .attach: "Measures functions"
            case .record: "Samples where programs spend their time"
            case .object: "Runs BPF programs"
            }
        let manifest = Manifest(
            name: name ?? file, version: packageVersion ?? "1.0",
            summary: summary ?? "\(what) with uprof", command: command, arguments: arguments)
        for text in [manifest.name, manifest.version, manifest.summary]
        where text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
            throw ValidationError("\(text.debugDescription) is to be one line")
        }
        return manifest
    }
}
