internal import ArgumentParser

/// Where the password of a secret key comes from.
struct PasswordOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The password is this file's first line; - is stdin. Else it is asked for.",
            valueName: "file"))
    var passwordFile: String?

    /// The password.
    ///
    /// - Throws: `PasswordError` if there is none.
    func password(for what: String, confirming: Bool = false) throws(PasswordError) -> String {
        guard let passwordFile else {
            return try PasswordPrompt.ask("password for \(what)", confirming: confirming)
        }
        return try PasswordPrompt.read(passwordFile)
    }
}
