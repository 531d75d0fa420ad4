internal import ArgumentParser
internal import Packager

/// `uprof package build`.
struct PackageBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a bundle.",
        usage: """
            uprof package build --attach PATTERN… [options of attach] [--hub DIRECTORY] -o FILE
            uprof package build --record [options of record] [--hub DIRECTORY] -o FILE
            """,
        discussion: """
            The options of attach or record become the bundle's defaults. The types of all
            kernels of the hub go into it, reduced to what its programs need; without them
            it runs on kernels that have their own (most since Linux 5.4). The same input
            gives the same bytes.

            Examples:
              uprof package build --attach libc:malloc --stacks --hub ~/hub -o malloc-latency
              uprof package build --record --freq 99 --hub ~/hub -o cpu-profile
            """)

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("Measure functions: uprof attach.", valueName: "pattern"))
    var attach: [String] = []

    @Flag(name: .long, help: "Sample stacks: uprof record.")
    var record = false

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
        guard attach.isEmpty == record else {
            throw ValidationError("give either --attach PATTERN or --record")
        }
        let words = [command.rawValue] + arguments
        let target = RunArguments(words).haveTarget ? [] : ["--pid", "1"]
        do {
            _ = try Uprof.parseAsRoot(words + target)
        } catch {
            throw ValidationError(Uprof.message(for: error))
        }
    }

    func run() throws {
        try Failure.reporting {
            var build = BundleBuild(
                manifest: try description.manifest(
                    command: command, arguments: arguments, output: output))
            build.executable = executable
            build.hub = kernels.hub
            build.files = kernels.btf
            let result = try build.run()
            try ExecutableFile.write(result.bytes, to: output)
            StandardError.write("uprof: wrote \(output): \(result.words)\n")
            for failure in result.failures { StandardError.write("uprof: \(failure)\n") }
        }
    }

    private var command: Manifest.Command { record ? .record : .attach }

    private var arguments: [String] { record ? options : ["--func"] + attach + options }
}
