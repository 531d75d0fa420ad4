internal import ArgumentParser
internal import Packager
internal import Report

/// What a bundle says when it is asked for help.
enum PackagedHelp {
    private static let bundleOptions = """
        OPTIONS OF THE BUNDLE:
          --require-signature <key>
                                  Run only if it is signed with this public key: a file,
                                  or its line of base64.
          --allow-nearest         Take the types of a similar kernel release if there are
                                  no others. Offsets may be wrong!
          --doctor                Show what this kernel and this user can do.
          --version               Show the name and version of the bundle.
        """

    static func text(_ bundle: Bundle, _ manifest: Manifest) -> String {
        if let object = manifest.object { return text(bundle, manifest, ObjectHelp(object)) }
        let command = manifest.command.rawValue
        let help =
            manifest.command == .record
            ? RecordCommand.helpMessage() : AttachCommand.helpMessage()
        let arguments = manifest.arguments.joined(separator: " ")
        return """
            OVERVIEW: \(HarmlessText.of(manifest.summary))

            USAGE: \(bundle.name) [options]

            Runs `uprof \(command)` with these options, each of which yours replace:
              \(HarmlessText.of(arguments))

            \(bundleOptions)

            OPTIONS OF UPROF:
            \(help)

            """
    }

    private static func text(
        _ bundle: Bundle, _ manifest: Manifest, _ help: ObjectHelp
    ) -> String {
        """
        OVERVIEW: \(HarmlessText.of(manifest.summary))

        USAGE: \(bundle.name) \(help.usage)

        OPTIONS:
        \(help.text)
        \(bundleOptions)

        """
    }
}
