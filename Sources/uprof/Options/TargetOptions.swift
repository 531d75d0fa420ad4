internal import ArgumentParser
internal import Profiler
internal import Symbolizer
internal import SystemPackage

/// Which processes are meant.
struct TargetOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A running process; several as 1,2,3 or by repeating the option.", valueName: "pid"))
    var pid: [ProcessList] = []

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A program or library: all processes that run it, later ones too.", valueName: "file"))
    var binary: String?

    func validate() throws {
        if !pid.isEmpty, binary != nil {
            throw ValidationError("--pid and --binary exclude each other; give one of them")
        }
    }

    /// The target, with a command given behind `--`.
    func target(command: [String] = []) throws -> AttachTarget {
        if !command.isEmpty {
            guard pid.isEmpty, binary == nil else {
                throw ValidationError("a command excludes --pid and --binary; give one of them")
            }
            return .command(command)
        }
        if let binary { return .binary(FilePath(binary)) }
        guard !pid.isEmpty else {
            throw ValidationError("nothing to look at; give --pid PID, --binary FILE or -- COMMAND")
        }
        return .processes(pid.flatMap(\.processes))
    }
}
