internal import ArgumentParser
internal import Report

/// `uprof convert`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert a profile into another format.",
        discussion: """
            Reads what `uprof fold` reads, and our own JSON. The end of the output's name
            says what is written: \(ProfileContent.extensions.joined(separator: " ")).
            docs/formats.md has a table of which viewer opens which.

            Examples:
              uprof convert out.folded -o out.pb.gz
              perf script | uprof convert - -o cpu.speedscope.json -o cpu.svg
              uprof convert profile.pb.gz --to folded -o - --value cpu
            """)

    @Argument(help: ArgumentHelp("The profile; - is stdin.", valueName: "in"))
    var file: String

    @Option(
        name: [.customShort("o"), .customLong("output")], parsing: .singleValue,
        help: ArgumentHelp(
            "What to write, by extension; may be repeated. - is stdout.", valueName: "out"))
    var output: [String]

    @Option(
        help: ArgumentHelp(
            "The format of what is written, whatever its name.", valueName: "format"))
    var to: ProfileFormat?

    @OptionGroup(title: "Input")
    var input: ProfileInputOptions

    @OptionGroup(title: "perf script")
    var perf: PerfScriptArguments

    func validate() throws {
        if let to, !ProfileFormat.writable.contains(to) {
            let names = ProfileFormat.writable.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("cannot write \(to.rawValue); --to takes one of \(names)")
        }
        for path in output where ConvertTarget(path: path, format: to) == nil {
            let extensions = ProfileContent.extensions.joined(separator: ", ")
            throw ValidationError(
                "cannot tell a format from \(path); end it in \(extensions), or name it with --to")
        }
    }

    func run() throws {
        try Failure.reporting {
            let targets = output.compactMap { ConvertTarget(path: $0, format: to) }
            let input = try ProfileInput(path: file, format: input.from)
            let (profile, remarks) = try input.profile(
                perf.options, threads: Processors.forReading)
            for remark in remarks { StandardError.write("uprof: \(remark)\n") }
            let kind = try profile.kind(named: self.input.value, path: file)
            for target in targets {
                try OutputFile(target.path).write(target.bytes(profile, kind))
            }
        }
    }
}
