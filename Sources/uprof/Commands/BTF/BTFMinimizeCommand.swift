internal import ArgumentParser
internal import BTFHub
internal import Report
internal import SystemPackage

/// `uprof btf minimize`.
struct BTFMinimizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "minimize",
        abstract: "Reduce type information to what BPF programs need.",
        discussion: """
            The result is for these objects alone: with it they are loaded exactly as with
            the whole. Types of a kernel module need those of its kernel as --base.

            Example:
              uprof btf minimize --object probe.bpf.o --btf full.btf -o min.btf
            """)

    @Option(help: ArgumentHelp("A compiled BPF program; may be repeated.", valueName: "file"))
    var object: [String]

    @Option(help: ArgumentHelp("The whole: BTF, or an ELF file with it.", valueName: "file"))
    var btf: String

    @Option(help: ArgumentHelp("What a module's types build upon.", valueName: "file"))
    var base: String?

    @Option(name: .customShort("o"), help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    func validate() throws {
        if object.isEmpty { throw ValidationError("no object given; name one with --object") }
    }

    func run() throws {
        try Failure.reporting {
            let base = try base.map { try BTF(path: FilePath($0)) }
            let types = try BTF(path: FilePath(btf), base: base)
            let objects = try object.map { try ProgramObject(path: FilePath($0)) }
            let result = try Minimizer.minimize(types, for: objects)
            try OutputFile(output).write(result.bytes)
            StandardError.write(
                "uprof: \(types.byteCount) bytes reduced to \(result.bytes.count); "
                    + "\(result.unanswered) of \(result.relocations) relocations find nothing\n")
        }
    }
}
