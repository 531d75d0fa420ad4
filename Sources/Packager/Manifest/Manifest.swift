/// What a bundle says of itself: what it is called, and what it runs.
package struct Manifest: Equatable, Sendable {
    /// What a bundle runs: a command of `uprof`, or a BPF object of others.
    package enum Command: String, Sendable, CaseIterable {
        /// Measures functions.
        case attach
        /// Samples stacks.
        case record
        /// Runs the programs of an object that is in the bundle.
        case object
    }

    /// The name; packages made of the bundle have it too.
    package var name: String
    /// The version of the bundle.
    package var version: String
    /// One line about it.
    package var summary: String
    /// What is run.
    package var command: Command
    /// The options it is run with, unless the user says otherwise; none for an object.
    package var arguments: [String]
    /// What is to be done with the object, if that is what is run.
    package var object: ObjectManifest?

    /// Describes a bundle that runs a command.
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

    /// The name of the object's entry in bundles.
    package static let objectName = "programs.bpf.o"

    /// The text of one that runs a command, the same for the same contents.
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
