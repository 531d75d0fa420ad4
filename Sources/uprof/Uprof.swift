internal import ArgumentParser

/// The root of the command line.
@main
struct Uprof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uprof",
        abstract: "A profiler for Linux user-space programs.",
        discussion: """
            Exit status: 0 done, 1 error, 64 usage, 69 this kernel cannot, 77 not permitted.
            Data goes to stdout, everything else to stderr.
            """,
        version: "0.1.0",
        subcommands: [
            AttachCommand.self, FunctionsCommand.self, SymbolizeCommand.self,
            DemangleCommand.self, DoctorCommand.self,
        ])
}
