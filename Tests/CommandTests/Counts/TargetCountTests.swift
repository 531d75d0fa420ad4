import TestSupport
import Testing

extension Counting {
    /// Several processes, and one of two that share a library.
    @Suite(.serialized) struct TargetCountTests {
        @Test func addsUpTheCallsOfSeveralProcesses() async throws {
            let counter = try TestTarget("counter")
            let processes = [
                try await counter.startWaiting(["--calls", "100"]),
                try await counter.startWaiting(["--calls", "2000"]),
                try await counter.startWaiting(["--calls", "30"]),
            ]
            let measurement = try await Attach.processes(processes, functions: ["counted_call"])
            #expect(try measurement.report.calls == ["counted_call": 2_130])
            #expect(try measurement.report.losses == [:])
            #expect(measurement.targets.map(\.status) == [10, 10, 10])
        }

        /// `--pid 1,2` is the same as `--pid 1 --pid 2`, and the programs may differ.
        @Test func takesProcessesSeparatedByCommas() async throws {
            let counter = try await TestTarget("counter").startWaiting(["--calls", "100"])
            let stacks = try await TestTarget("stacks").startWaiting()
            let uprof = try UprofCommand.start([
                "attach", "--json", "--pid", "\(counter.processID),\(stacks.processID)",
                "--func", "counted_call", "stack_leaf",
            ])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            for process in [counter, stacks] { process.sendLine() }
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.calls == ["counted_call": 100, "stack_leaf": 400])
            #expect(Set(report.functions.map(\.module)) == ["counter", "stacks"])
        }

        /// Two processes run the same library; only the one that was named is counted.
        @Test(arguments: ["shared_call", "libshared:shared_call", "libshared.so:shared_*"])
        func countsOnlyInTheProcessThatWasNamed(pattern: String) async throws {
            let user = try TestTarget("shared-user")
            let meant = try await user.startWaiting(["--calls", "700"])
            let other = try await user.startWaiting(["--calls", "5000"])
            let uprof = try Attach.start([meant], functions: [pattern], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            other.sendLine()
            #expect(try await other.waitForExit().status == 19)
            meant.sendLine()
            #expect(try await meant.waitForExit().status == 19)
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.calls == ["shared_call": 700])
            #expect(report.functions.map(\.module) == ["libshared.so"])
            #expect(report.losses == [:])
        }
    }
}
