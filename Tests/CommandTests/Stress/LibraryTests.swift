import TestSupport
import Testing

extension Counting {
    /// Libraries that a process loads while it is measured.
    @Suite(.serialized) struct LibraryTests {
        /// uprof hears of the mapping and says when its probes are in place; in later rounds the
        /// kernel puts them into the file wherever it is mapped.
        @Test func countsCallsOfLibrariesLoadedLater() async throws {
            let host = try await TestTarget("plugin-host").startWaiting([
                "--calls", "1000", "--rounds", "3",
            ])
            let uprof = try Attach.start(
                [host], functions: ["host_call", "plugin_*"], options: ["--json"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            for round in 1...3 {
                host.sendLine()
                try await host.waitForLines("loaded", count: round)
                if round == 1 {
                    try await uprof.waitForLine("uprof: measuring 1 more", on: .standardError)
                }
                host.sendLine()
                try await host.waitForLines("unloaded", count: round)
            }
            #expect(try await host.waitForExit().status == 18)
            let report = try Measurement(try await uprof.waitForExit()).report
            #expect(report.calls == ["host_call": 3, "plugin_call": 3_000])
            #expect(report.losses == [:])
        }

        /// A library named by its path is probed before it is loaded: not even the first call is
        /// missed, and nobody has to wait.
        @Test func countsCallsOfLibrariesACommandLoads() async throws {
            let library = try TestTarget("libplugin.so").path
            let measurement = try await Attach.command(
                "plugin-host", ["--calls", "1000", "--rounds", "2"],
                functions: ["host_call", "\(library):plugin_call"])
            let report = try measurement.report
            #expect(measurement.uprof.status == 18)
            #expect(report.calls == ["host_call": 2, "plugin_call": 2_000])
            #expect(report.losses == [:])
        }
    }
}

extension RunningProcess {
    /// Waits until a process has printed a line that many times.
    fileprivate func waitForLines(_ line: String, count: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while output.standardOutput.split(separator: "\n").count(where: { $0 == line }) < count {
            guard ContinuousClock.now < deadline else {
                throw TestSupportError.timeout(waitingFor: "\(count) × \(line)", output)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
