internal import ArgumentParser
internal import Packager
internal import Symbolizer
internal import SystemPackage

/// `uprof package verify`.
struct PackageVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a bundle is what was built and signed.",
        discussion: """
            Without a key, a bundle is checked against its own digests: that tells accidents,
            not forgery. The exit status is 65 if it is refused: damaged, or, with a key,
            unsigned or signed by another.

            Example:
              uprof package verify --public-key team.pub malloc-latency
            """)

    @Option(help: ArgumentHelp("The key: a file, or its line of base64.", valueName: "key"))
    var publicKey: String?

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        try Failure.reporting {
            let key = try publicKey.map(KeyFiles.publicKey)
            let bundle = try Bundle(try ELFImage(path: FilePath(bundle)))
            _ = try bundle.manifest()
            let signature = try bundle.signature()
            if let key { try bundle.verify(key) }
            let words =
                switch (signature, key) {
                case (nil, _): "whole, unsigned"
                case (let signature?, nil):
                    "whole, signed with key \(signature.keyID); give --public-key to check that"
                case (let signature?, _?): "valid, signed with key \(signature.keyID)"
                }
            try StandardOutput.write("\(self.bundle): \(words)\n")
        }
    }
}
