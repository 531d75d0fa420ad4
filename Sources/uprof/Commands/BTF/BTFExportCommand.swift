internal import ArgumentParser
internal import BTFHub
internal import Report
internal import SystemPackage

/// `uprof btf export`.
struct BTFExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Put the type information of many kernels into one small file.",
        discussion: """
            Each kernel's is reduced to what the objects need, equal ones are kept once,
            and all are compressed. Without an object they are taken whole. Kernels for
            which that fails are named and left out, and the exit status is 1.

            Example:
              uprof btf export --object probe.bpf.o --hub ~/hub -o archive.uprofbtf
            """)

    @Option(help: ArgumentHelp("A compiled BPF program; may be repeated.", valueName: "file"))
    var object: [String] = []

    @OptionGroup(title: "Hub")
    var hub: HubOptions

    @Option(help: ArgumentHelp("Only this distribution.", valueName: "name[/version]"))
    var distro: String?

    @Option(help: ArgumentHelp("Only this architecture.", valueName: "name"))
    var arch: String?

    @Option(name: .customShort("o"), help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    func run() throws {
        try Failure.reporting {
            let filter = KernelFilter(distribution: distro, architecture: arch)
            let objects = try object.map { try ProgramObject(path: FilePath($0)) }
            let result = try Exporter(try hub.open(), objects: objects).export(
                where: filter.accepts)
            try OutputFile(output).write(result.bytes)
            StandardError.write(
                "uprof: \(result.kernels) kernels, \(result.contents) distinct, "
                    + "\(result.bytes.count) bytes\n")
            for failure in result.failures {
                StandardError.write(
                    "uprof: left out \(failure.record.release): \(failure.reason)\n")
            }
            if !result.failures.isEmpty { throw ExitCode.failure }
        }
    }
}
