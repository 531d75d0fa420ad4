internal import ArgumentParser
internal import Profiler

/// Which processes are recorded.
struct RecordTargetOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A running process and its children; several as 1,2,3 or by repeating the option.",
            valueName: "pid"))
    var pid: [ProcessList] = []

    @Flag(name: [.short, .long], help: "Every process on this machine.")
    var all = false

    /// The target, with a command given behind `--`.
    func target(command: [String]) throws -> RecordConfiguration.Target {
        guard [!pid.isEmpty, all, !command.isEmpty].count(where: { $0 }) <= 1 else {
            throw ValidationError("--pid, --all and a command exclude each other; give one of them")
        }
        if !command.isEmpty { return .command(command) }
        if all { return .all }
        guard !pid.isEmpty else {
            throw ValidationError("nothing to record; give --pid PID, --all or -- COMMAND")
        }
        return .processes(pid.flatMap(\.processes))
    }
}
