internal import ArgumentParser
internal import Packager
internal import Report
internal import Symbolizer
internal import SystemPackage

/// `uprof package sign`.
struct PackageSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a bundle.",
        discussion: """
            Puts the signature into the bundle, in place of any it had. Who has the public
            key can tell then that the bundle is what was signed.

            Example:
              uprof package sign --secret-key team.key malloc-latency
            """)

    @Option(help: ArgumentHelp("The key, of keygen or minisign.", valueName: "file"))
    var secretKey: String

    @OptionGroup
    var password: PasswordOptions

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Write another file instead.", valueName: "file"))
    var output: String?

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        try Failure.reporting {
            let signer = try BundleSigner(try ELFImage(path: FilePath(bundle)))
            let file = try KeyFiles.secretKey(secretKey)
            let password =
                file.isEncrypted ? try password.password(for: secretKey) : nil
            let key = try file.open(password: password)
            let bytes = try signer.signed(with: key)
            try ExecutableFile.write(bytes, to: output ?? bundle)
            StandardError.write(
                "uprof: signed \(output ?? bundle) with key \(key.publicKey.id)\n")
        }
    }
}
