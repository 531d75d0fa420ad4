import Foundation
import TestSupport
import Testing

extension Timing {
    /// `--slower-than`: each slow call, as it ends.
    @Suite(.serialized) struct SlowCallTests {
        /// As many as the program has recorded, but for those that only the probe made so slow.
        @Test func reportsEachSlowCall() async throws {
            let measurement = try await Attach.command(
                "spinner", ["--calls", "500"], functions: ["spin_for"],
                options: ["--slower-than", "500us"])
            let durations = try #require(try measurement.truth.durationsNanoseconds)
            let slow = durations.count { $0 >= 500_000 }
            // The planned durations are far from the limit; being interrupted may bring one near it.
            let nearby = durations.count { (300_000..<500_000).contains($0) }
            // Or make one so slow while the program is between the probe and its own clock.
            let preempted = try #require(try measurement.truth.preemptions)
            #expect(
                (slow...slow + nearby + preempted + 2).contains(measurement.slowCalls.count))
            #expect(measurement.slowCalls.count >= 50)
            #expect(try measurement.report.calls == ["spin_for": 500])
            #expect(try measurement.report.lost["ring_full"] == 0)
            let process = try #require(measurement.slowCalls.first?.pid)
            for call in measurement.slowCalls { verify(call, process: process) }
            let times = measurement.slowCalls.map(\.timeNs)
            #expect(times == times.sorted())
        }

        private func verify(_ call: SlowCallRecord, process: Int32) {
            #expect(call.schema == "uprof.slow-call/1")
            #expect(call.durationNs >= 500_000)
            #expect(call.pid == process)
            #expect(call.tid == process)
            #expect(call.comm == "spinner")
            #expect(call.module == "spinner")
            #expect(call.function == "spin_for")
            #expect(call.stack.prefix(2).map(\.function) == ["spin_for", "main"])
            let age = Date().timeIntervalSince1970 - Double(call.timeNs) / 1e9
            #expect((0..<120).contains(age))
        }

        /// Each has the thread it was in.
        @Test func namesTheThread() async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "8", "--threads", "4", "--batches", "1"],
                functions: ["counted_call"], options: ["--slower-than", "1ns"])
            let calls = measurement.slowCalls
            #expect(calls.count == 8)
            #expect(Set(calls.map(\.tid)).count == 4)
            #expect(Set(calls.map(\.pid)).count == 1)
            #expect(calls.allSatisfy { $0.tid != $0.pid })
        }

        /// What comes faster than it can be read is counted, not forgotten.
        @Test func countsWhatItCannotReport() async throws {
            let measurement = try await Attach.command(
                "counter", ["--calls", "100000", "--threads", "4"], functions: ["counted_call"],
                options: ["--slower-than", "1ns"])
            let report = try measurement.report
            #expect(report.calls == ["counted_call": 100_000])
            let full = report.lost["ring_full"] ?? 0
            #expect(UInt64(measurement.slowCalls.count) + full == 100_000)
        }

        /// For people: a line with time, duration, function and thread; the stack below it.
        @Test func printsSlowCallsAsText() async throws {
            let result = try await UprofCommand.run([
                "attach", "--quiet", "--func", "spin_for", "--slower-than", "4ms", "--",
                try TestTarget("spinner").path, "--calls", "100",
            ])
            let lines = result.standardOutput.split(separator: "\n")
            let call = try #require(
                lines.firstIndex { $0.contains("spin_for (spinner)  spinner (pid ") })
            #expect(lines[call].contains(" ms  spin_for"))
            #expect(lines[call].contains(", tid "))
            #expect(lines[call + 1] == "    spin_for (spinner)")
            #expect(lines[call + 2] == "    main (spinner)")
        }
    }
}
