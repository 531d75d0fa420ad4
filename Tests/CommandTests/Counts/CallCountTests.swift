import TestSupport
import Testing

extension Counting {
    /// A program that makes exactly N calls: exactly N are counted, and nothing is lost.
    @Suite(.serialized) struct CallCountTests {
        struct Case: CustomTestStringConvertible {
            var calls: Int
            var threads: Int

            var testDescription: String { "\(calls) calls in \(threads) threads" }
            var arguments: [String] { ["--calls", "\(calls)", "--threads", "\(threads)"] }

            static let all = [1, 1_000, 300_000].flatMap { calls in
                [1, 8].map { Case(calls: calls, threads: $0) }
            }
        }

        @Test(arguments: Case.all)
        func countsEveryCallOfACommand(_ expected: Case) async throws {
            let measurement = try await Attach.command(
                "counter", expected.arguments, functions: ["counted_call"])
            #expect(measurement.uprof.status == 10)
            #expect(try measurement.report.calls == ["counted_call": expected.calls])
            #expect(try measurement.report.losses == [:])
        }

        @Test(arguments: Case.all)
        func countsEveryCallOfAProcess(_ expected: Case) async throws {
            let measurement = try await Attach.process(
                "counter", expected.arguments, functions: ["counted_call"])
            #expect(measurement.uprof.status == 0)
            #expect(measurement.targets.map(\.status) == [10])
            #expect(try measurement.report.calls == ["counted_call": expected.calls])
            #expect(try measurement.report.losses == [:])
        }

        /// Threads that start after the attach are measured like the others.
        @Test func countsCallsOfLaterThreads() async throws {
            let arguments = [
                "--calls", "4000", "--threads", "8", "--batches", "4", "--pause-ms", "30",
            ]
            let measurement = try await Attach.process(
                "counter", arguments, functions: ["counted_call"])
            #expect(try measurement.report.calls == ["counted_call": 4_000])
            #expect(try measurement.report.losses == [:])
        }

        /// The same program, many short threads: thread ids come and go, calls do not.
        @Test func countsCallsOfManyShortThreads() async throws {
            let arguments = ["--calls", "2000", "--threads", "200", "--batches", "20"]
            let measurement = try await Attach.command(
                "counter", arguments, functions: ["counted_call"])
            #expect(try measurement.report.calls == ["counted_call": 2_000])
            #expect(try measurement.report.losses == [:])
        }
    }
}
