/// What a bundle says of itself: what it is called, and what it runs.
package struct Manifest: Hashable, Sendable {
    /// The command of `uprof` that a bundle runs.
    package enum Command: String, Sendable, CaseIterable {
        /// Measures functions.
        case attach
        /// Samples stacks.
        case record
    }

    /// The name; packages made of the bundle have it too.
    package var name: String
    /// The version of the bundle.
    package var version: String
    /// One line about it.
    package var summary: String
    /// What is run.
    package var command: Command
    /// The options it is run with, unless the user says otherwise.
    package var arguments: [String]

    /// Describes a bundle.
    package init(
        name: String, version: String, summary: String, command: Command, arguments: [String]
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.command = command
        self.arguments = arguments
    }

    /// The name of its entry in bundles.
    package static let entryName = "manifest.toml"
    /// More is no manifest.
    static let largestSize = 1 << 20
    /// The version of what a manifest can say.
    static let format: Int64 = 1

    /// Its text, the same for the same contents.
    package var text: String {
        """
        # What this bundle runs; docs/bundle.md of uprof explains it.
        format = \(Self.format)
        name = \(TOMLValue.quoted(name))
        version = \(TOMLValue.quoted(version))
        summary = \(TOMLValue.quoted(summary))

        [run]
        command = \(TOMLValue.quoted(command.rawValue))
        arguments = [\(arguments.map(TOMLValue.quoted).joined(separator: ", "))]

        """
    }
}
