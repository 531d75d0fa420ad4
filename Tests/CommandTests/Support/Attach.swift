import TestSupport

/// Measures programs the way a user does: `uprof attach … --json`.
enum Attach {
    /// What uprof says on stderr once calls are recorded.
    static let started = "uprof: measuring"

    /// Measures a command that uprof starts.
    ///
    /// - Throws: `TestSupportError`, or `DecodingError` for undocumented output.
    static func command(
        _ command: [String], functions: [String], options: [String] = [], input: String = "",
        within limit: Duration = .seconds(60)
    ) async throws -> Measurement {
        let result = try await UprofCommand.run(
            ["attach", "--json", "--func"] + functions + options + ["--"] + command,
            input: input, within: limit)
        return try Measurement(result)
    }

    /// Measures a program of `TestTargets/` that uprof starts.
    ///
    /// - Throws: `TestSupportError`, or `DecodingError` for undocumented output.
    static func command(
        _ target: String, _ arguments: [String] = [], functions: [String], options: [String] = []
    ) async throws -> Measurement {
        try await command(
            [TestTarget(target).path] + arguments, functions: functions, options: options)
    }

    /// Measures programs that wait for it, from before their work to their end.
    ///
    /// - Throws: `TestSupportError`, or `DecodingError` for undocumented output.
    static func processes(
        _ processes: [RunningProcess], functions: [String], options: [String] = []
    ) async throws -> Measurement {
        let uprof = try start(processes, functions: functions, options: ["--json"] + options)
        try await uprof.waitForLine(started, on: .standardError)
        for process in processes { process.sendLine() }
        var results: [CommandResult] = []
        for process in processes { results.append(try await process.waitForExit()) }
        var measurement = try Measurement(try await uprof.waitForExit())
        measurement.targets = results
        return measurement
    }

    /// Measures a program of `TestTargets/` by its pid, from before its work to its end.
    ///
    /// - Throws: `TestSupportError`, or `DecodingError` for undocumented output.
    static func process(
        _ target: String, _ arguments: [String] = [], functions: [String], options: [String] = []
    ) async throws -> Measurement {
        let process = try await TestTarget(target).startWaiting(arguments)
        return try await processes([process], functions: functions, options: options)
    }

    /// Starts uprof on running processes.
    ///
    /// - Throws: `TestSupportError` when it cannot be started.
    static func start(
        _ processes: [RunningProcess], functions: [String], options: [String] = []
    ) throws -> RunningProcess {
        let ids = processes.flatMap { ["--pid", "\($0.processID)"] }
        return try UprofCommand.start(["attach"] + ids + ["--func"] + functions + options)
    }
}
