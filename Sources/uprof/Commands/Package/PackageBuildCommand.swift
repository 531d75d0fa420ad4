internal import ArgumentParser
internal import Bytes
internal import Packager
internal import SystemPackage

/// `uprof package build`.
struct PackageBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a bundle.",
        usage: """
            uprof package build --attach PATTERN… [options of attach] [--hub DIRECTORY] -o FILE
            uprof package build --record [options of record] [--hub DIRECTORY] -o FILE
            uprof package build --object FILE --manifest FILE [--hub DIRECTORY] -o FILE
            """,
        discussion: """
            The options of attach or record become the bundle's defaults. The types of all
            kernels of the hub go into it, reduced to what its programs need; without them
            it runs on kernels that have their own (most since Linux 5.4). The same input
            gives the same bytes. docs/bundle.md says what the manifest of an object of
            your own is like.

            Examples:
              uprof package build --attach libc:malloc --stacks --hub ~/hub -o malloc-latency
              uprof package build --record --freq 99 --hub ~/hub -o cpu-profile
              uprof package build --object my.bpf.o --manifest my.toml --hub ~/hub -o my-tool
            """)

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Measure functions: uprof attach.", valueName: "pattern"))
    var attach: [String] = []

    @Flag(name: .long, help: "Sample stacks: uprof record.")
    var record = false

    @Option(help: ArgumentHelp("Run the programs of a BPF object.", valueName: "file"))
    var object: String?

    @Option(help: ArgumentHelp("How the object is run (TOML).", valueName: "file"))
    var manifest: String?

    @OptionGroup(title: "Kernels")
    var kernels: BundleKernelOptions

    @OptionGroup(title: "Description")
    var description: BundleDescriptionOptions

    @Option(
        help: ArgumentHelp(
            "The static uprof to build from; else this one or dist/uprof.", valueName: "file"))
    var executable: String?

    @Option(name: .customShort("o"), help: ArgumentHelp("The bundle to write.", valueName: "file"))
    var output: String

    @Argument(parsing: .allUnrecognized, help: "Options of attach or record.")
    var options: [String] = []

    func validate() throws {
        guard [!attach.isEmpty, record, object != nil].count(where: { $0 }) == 1 else {
            throw ValidationError(
                "give one of --attach PATTERN, --record, and --object FILE with --manifest FILE")
        }
        guard (object == nil) == (manifest == nil) else {
            throw ValidationError("--object FILE and --manifest FILE belong together")
        }
        guard object == nil else { return try validateObject() }
        let words = [command.rawValue] + arguments
        let target = RunArguments(words).haveTarget ? [] : ["--pid", "1"]
        do {
            _ = try Uprof.parseAsRoot(words + target)
        } catch {
            throw ValidationError(Uprof.message(for: error))
        }
    }

    private func validateObject() throws {
        if let option = options.first { throw ValidationError("unknown option \(option)") }
        guard !description.isGiven else {
            throw ValidationError("name, version and summary of an object are its manifest's")
        }
    }

    func run() throws {
        try Failure.reporting {
            var build = try makeBuild()
            build.executable = executable
            build.hub = kernels.hub
            build.files = kernels.btf
            let result = try build.run()
            try ExecutableFile.write(result.bytes, to: output)
            StandardError.write("uprof: wrote \(output): \(result.words)\n")
            for failure in result.failures { StandardError.write("uprof: \(failure)\n") }
        }
    }

    private func makeBuild() throws -> BundleBuild {
        guard let object, let path = manifest else {
            return BundleBuild(
                manifest: try description.manifest(
                    command: command, arguments: arguments, output: output))
        }
        let text = try NamedFile.map(path)
        let manifest = try Manifest(parsing: text.bytes, file: path)
        guard manifest.object != nil else {
            throw ManifestError(
                file: path, problem: "run.command is to be \"object\" for an object")
        }
        var build = BundleBuild(manifest: manifest)
        build.foreign = (try NamedFile.map(object), text.bytes.array)
        return build
    }

    private var command: Manifest.Command { record ? .record : .attach }

    private var arguments: [String] { record ? options : ["--func"] + attach + options }
}

/// A file the user has named.
private struct NamedFile: Error, CustomStringConvertible {
    let path: String
    let reason: Errno

    var description: String { "cannot read \(path): \(reason)" }

    /// Maps it.
    ///
    /// - Throws: `NamedFile`, which says what is wrong with it.
    static func map(_ path: String) throws(NamedFile) -> MappedFile {
        do {
            return try MappedFile(path: FilePath(path))
        } catch {
            throw NamedFile(path: path, reason: error)
        }
    }
}
