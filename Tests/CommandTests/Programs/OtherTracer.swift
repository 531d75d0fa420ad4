import Foundation
import TestSupport

/// Another tracer's count of the calls of a function of a process, to compare with.
enum OtherTracer: String, CaseIterable {
    case bpftrace
    case funclatency

    /// Starts counting, and returns once the probes are in place.
    ///
    /// - Throws: `TestSupportError` when it cannot be started.
    func start(
        function: String, in module: String, process: Int32
    ) async throws -> RunningProcess {
        guard let path = Tool.path(rawValue) else {
            throw TestSupportError.missingExecutable([rawValue])
        }
        switch self {
        case .bpftrace:
            let program = """
                uprobe:\(module):\(function) { @calls = count(); }
                BEGIN { printf("attached\\n"); }
                """
            // BEGIN runs before the other probes are in: the shell asks the kernel until they are.
            let tracer = try RunningProcess(path, ["-p", "\(process)", "-e", program])
            try await tracer.waitForLine("attached", within: .seconds(30))
            try await Task.sleep(for: .seconds(2))
            return tracer
        case .funclatency:
            let tracer = try RunningProcess(path, ["-p", "\(process)", "\(module):\(function)"])
            try await tracer.waitForLine("Tracing", within: .seconds(30))
            try await Task.sleep(for: .seconds(1))
            return tracer
        }
    }

    /// Ends a tracer and returns what it has counted.
    ///
    /// - Throws: `TestSupportError` when it does not end.
    func count(of tracer: RunningProcess) async throws -> Int? {
        tracer.signal(SIGINT)
        let output = try await tracer.waitForExit().standardOutput
        switch self {
        case .bpftrace:
            // @calls: 1234
            return output.split(separator: "\n").first { $0.hasPrefix("@calls: ") }
                .flatMap { Int($0.dropFirst("@calls: ".count)) }
        case .funclatency:
            // A histogram: 64 -> 127 : 12 |****   |
            let rows = output.split(separator: "\n").filter { $0.contains("->") }
            guard !rows.isEmpty else { return nil }
            return rows.compactMap { row in
                row.split(separator: ":").dropFirst().first?
                    .split(separator: " ").first.flatMap { Int($0) }
            }.reduce(0, +)
        }
    }
}
