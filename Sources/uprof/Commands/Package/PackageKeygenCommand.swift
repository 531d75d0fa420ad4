internal import ArgumentParser
internal import Packager

/// `uprof package keygen`.
struct PackageKeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair to sign bundles with.",
        discussion: """
            Writes NAME.key, encrypted with a password, and NAME.pub, which those get who
            are to check bundles. minisign reads and writes the same files.

            Example:
              uprof package keygen -o team
            """)

    @Option(name: .customShort("o"), help: ArgumentHelp("Name of the files.", valueName: "name"))
    var output: String

    @OptionGroup
    var password: PasswordOptions

    @Flag(help: "Do not encrypt the secret key: whoever can read the file can sign.")
    var noPassword = false

    func validate() throws {
        if noPassword, password.passwordFile != nil {
            throw ValidationError("--no-password and --password-file exclude each other")
        }
    }

    func run() throws {
        try Failure.reporting {
            let key = SecretKey()
            let secret =
                noPassword
                ? nil : try password.password(for: "the new key", confirming: true)
            try KeyFiles.write(
                try SecretKeyFile(key, password: secret), key.publicKey, name: output)
            StandardError.write(
                "uprof: wrote \(output).key, which is secret, and \(output).pub: key "
                    + "\(key.publicKey.id)\n")
        }
    }
}
