import Glibc
import TestSupport
import Testing

extension Timing {
    /// A real program under load.
    @Suite(
        .serialized,
        .enabled(
            if: RedisServer.capability.isAvailable, "\(RedisServer.capability.reason)"))
    struct RedisTests {
        /// Five seconds of its allocator: plausible numbers, and it answers all the while.
        @Test func measuresMallocOfABusyServer() async throws {
            let server = try await RedisServer()
            let load = try server.benchmark(requests: 10_000_000)
            let uprof = try Attach.start(
                [server.process], functions: ["malloc"], options: ["--json", "--duration", "5s"])
            try await uprof.waitForLine(Attach.started, on: .standardError)
            var answers = 0
            while uprof.isRunning {
                #expect(try await server.answers())
                answers += 1
                try await Task.sleep(for: .milliseconds(100))
            }
            let measurement = try Measurement(try await uprof.waitForExit())
            load.signal(SIGKILL)
            #expect(answers > 10)
            #expect(try await server.answers())
            try verify(measurement)
        }

        private func verify(_ measurement: Measurement) throws {
            let report = try measurement.report
            #expect(measurement.uprof.status == 0)
            #expect((4_990_000_000...6_000_000_000).contains(report.durationNs))
            // Redis brings an allocator of its own beside that of the C library.
            let malloc = try #require(report.functions.max { $0.calls < $1.calls })
            #expect(malloc.function.contains("malloc"))
            #expect(malloc.calls > 10_000)
            #expect(malloc.totalNs < report.durationNs * 8)
            #expect(malloc.minNs <= malloc.p50Ns && malloc.p50Ns <= malloc.p99Ns)
            #expect((50...1_000_000).contains(malloc.p50Ns))
            #expect(report.lost["returns_without_entry"] == 0)
            #expect(report.lost["abandoned_frames"] == 0)
        }
    }
}
