import Foundation
import Glibc
import TestSupport
import Testing

/// Processes that cannot be measured: one line that says why.
@Suite(.serialized) struct BadProcessTests {
    /// Expects one line on stderr with these words, nothing on stdout, and the status.
    private func expect(
        _ result: CommandResult, status: Int32 = 1, saying words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, sourceLocation: sourceLocation)
        #expect(result.standardOutput.isEmpty, sourceLocation: sourceLocation)
        let lines = result.standardError.split(separator: "\n")
        #expect(lines.count == 1, "\(lines)", sourceLocation: sourceLocation)
        for word in words {
            #expect(result.standardError.contains(word), sourceLocation: sourceLocation)
        }
    }

    private static let commands = [["attach", "--func", "main"], ["functions"]]

    @Test(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"), arguments: commands)
    func saysThatAProcessDoesNotExist(command: [String]) async throws {
        // One beyond the largest that the kernel gives out.
        let limit = try String(contentsOfFile: "/proc/sys/kernel/pid_max", encoding: .utf8)
        let id = limit.trimmingCharacters(in: .whitespacesAndNewlines)
        expect(
            try await UprofCommand.run(command + ["--pid", id]),
            saying: "no process has the ID \(id)")
    }

    @Test(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"), arguments: commands)
    func refusesAKernelThread(command: [String]) async throws {
        let id = try #require(try Self.kernelThread())
        expect(
            try await UprofCommand.run(command + ["--pid", id]),
            saying: "process \(id) is a kernel thread")
    }

    /// A child of kthreadd, which has a command line of no bytes and no program.
    private static func kernelThread() throws -> String? {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").first { entry in
            let path = "/proc/\(entry)/stat"
            guard Int(entry) != nil, let stat = try? String(contentsOfFile: path, encoding: .utf8),
                let name = stat.lastIndex(of: ")")
            else { return false }
            return stat[name...].split(separator: " ").dropFirst(2).first == "2"
        }
    }

    @Test(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"), arguments: commands)
    func refusesAZombie(command: [String]) async throws {
        // The inner shell has ended, and sleep, into which the outer one turns, never asks how.
        let parent = try RunningProcess(
            "/bin/sh", ["-c", "sh -c 'echo child $$' & exec sleep 30"])
        let line = try await parent.waitForLine("child")
        let id = try #require(line.split(separator: " ").last.map(String.init))
        try await Task.sleep(for: .milliseconds(100))
        expect(
            try await UprofCommand.run(command + ["--pid", id]),
            saying: "process \(id)", "zombie")
    }

    /// `--pid` takes the id of a process; that of a thread is answered with the right one.
    @Test(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
    func namesTheProcessOfAThread() async throws {
        let process = try await TestTarget("counter").startWaiting(
            ["--threads", "4", "--gap-us", "10000", "--calls", "10000"])
        process.sendLine()
        var tasks: [String] = []
        for _ in 0..<100 where tasks.count < 2 {
            try await Task.sleep(for: .milliseconds(20))
            tasks = try FileManager.default.contentsOfDirectory(
                atPath: "/proc/\(process.processID)/task")
        }
        let thread = try #require(tasks.first { $0 != "\(process.processID)" })
        expect(
            try await UprofCommand.run([
                "attach", "--func", "counted_call", "--pid", thread,
            ]),
            saying: "\(thread) is a thread of process \(process.processID)")
    }

    /// One of several processes that does not exist: no half measurement.
    @Test(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
    func refusesAllWhereOneProcessDoesNotExist() async throws {
        let process = try await TestTarget("counter").startWaiting()
        let result = try await UprofCommand.run([
            "attach", "--func", "counted_call", "--pid", "\(process.processID),2147483646",
        ])
        expect(result, saying: "2147483646")
    }
}
