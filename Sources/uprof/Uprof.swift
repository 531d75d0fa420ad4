internal import ArgumentParser
internal import Bytes
internal import Cache
internal import Packager
internal import SystemPackage

/// The root of the command line.
@main
struct Uprof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uprof",
        abstract: "A profiler for Linux user-space programs.",
        discussion: """
            Exit status: 0 done, 1 error, 64 usage, 65 bundle refused, 69 this kernel cannot,
            77 not permitted.
            Data goes to stdout, everything else to stderr.
            """,
        version: "0.1.0",
        subcommands: [
            AttachCommand.self, RecordCommand.self, FunctionsCommand.self, FoldCommand.self,
            FlameGraphCommand.self, DiffCommand.self, ConvertCommand.self, SymbolizeCommand.self,
            DemangleCommand.self, BTFCommand.self, PackageCommand.self,
            DoctorCommand.self,
        ])

    /// Runs the command line, or what a bundle carries.
    static func main() {
        OwnExecutable.restoreEnvironment()
        MappedFile.outliveTruncation()
        if let bundle = PackagedRun.ownImage() {
            PackagedRun.main(bundle)
        } else {
            shareCache()
            run(Array(OwnExecutable.arguments.dropFirst()))
        }
    }

    /// Runs a command line, and ends with its status.
    private static func run(_ arguments: [String]) {
        do {
            var command = try quickly(parsing: arguments) ?? parseAsRoot(arguments)
            try command.run()
        } catch {
            exit(withError: error)
        }
    }

    /// A command that is parsed by itself, for which neither the root's options nor the tree of all commands
    /// are looked through: that takes a millisecond. Nil where only the root knows what is meant, as for
    /// help, or what is wrong.
    private static func quickly(parsing arguments: [String]) -> (any ParsableCommand)? {
        guard
            let type = configuration.subcommands.first(where: {
                $0.configuration.commandName == arguments.first
            }), type.configuration.subcommands.isEmpty,
            let command = try? type.parseAsRoot(Array(arguments.dropFirst())),
            // Not the command that shows help.
            Swift.type(of: command) == type
        else { return nil }
        return command
    }

    /// Has what is computed of files kept for the next time, where that is possible.
    private static func shareCache() {
        guard let path = CachePath.standard else { return }
        DiskCache.share(try? DiskCache(at: path, for: FileVersion(path: "/proc/self/exe")))
    }
}
