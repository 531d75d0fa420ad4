import Glibc
import TestSupport

/// Another tracer's count of the calls of a function in the program of a process, to compare with.
enum OtherTracer: String, CaseIterable {
    case bpftrace
    case funclatency

    /// Starts counting, and returns once the probes should be in place.
    ///
    /// - Throws: `TestSupportError` when it cannot be started.
    func start(
        function: String, of program: String, process: RunningProcess
    ) async throws -> RunningProcess {
        guard let path = Tool.path(rawValue) else {
            throw TestSupportError.missingExecutable([rawValue])
        }
        let id = "\(process.processID)"
        let tracer: RunningProcess
        switch self {
        case .bpftrace:
            let script = "uprobe:\(program):\(function) { @calls = count(); }"
            tracer = try RunningProcess(path, ["-p", id, "-e", script])
            try await tracer.waitForLine("Attaching", within: .seconds(20))
        case .funclatency:
            // It keeps what it prints to a pipe until the end, unless told otherwise.
            tracer = try RunningProcess(
                "/usr/bin/stdbuf", ["-oL", path, "-p", id, ":\(function)"])
            try await tracer.waitForLine("Tracing", within: .seconds(20))
        }
        // Neither says when it is done with attaching.
        try await Task.sleep(for: .milliseconds(1_500))
        return tracer
    }

    /// Ends a tracer and returns what it has counted.
    ///
    /// - Throws: `TestSupportError` when it does not end.
    func count(of tracer: RunningProcess) async throws -> Int? {
        tracer.signal(SIGINT)
        let lines = try await tracer.waitForExit().standardOutput.split(separator: "\n")
        switch self {
        case .bpftrace:
            // @calls: 1234
            return lines.first { $0.hasPrefix("@calls: ") }
                .flatMap { Int($0.dropFirst("@calls: ".count)) }
        case .funclatency:
            // 64 -> 127 : 12 |****   |
            let rows = lines.filter { $0.contains("->") }
            return rows.isEmpty ? nil : rows.compactMap(Self.calls).reduce(0, +)
        }
    }

    private static func calls(in row: Substring) -> Int? {
        row.split(separator: ":").last?.split(separator: " ").first.flatMap { Int($0) }
    }
}
