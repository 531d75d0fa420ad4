import Testing

@testable import Profiler

@Suite struct ReadingPaceTests {
    private static let second: UInt64 = 1_000_000_000

    /// The times between readings, in milliseconds, if samples can wait for so long.
    private static func intervals(limit: UInt64) -> [UInt64] {
        var now = 7 * second
        var pace = ReadingPace(from: now)
        return (0..<5).map { _ in
            defer { now = pace.next }
            defer { pace.noteReading(at: pace.next, limit: limit) }
            return (pace.next - now) / 1_000_000
        }
    }

    @Test(arguments: [
        // Nothing to hurry: more and more seldom.
        (limit: 60 * second, expected: [500, 1000, 2000, 2500, 2500] as [UInt64]),
        // As long as there is room.
        (limit: 1_500_000_000, expected: [500, 1000, 1500, 1500, 1500]),
        // Somebody looks on, or there is hardly any room.
        (limit: 0, expected: [500, 500, 500, 500, 500]),
        (limit: second / 10, expected: [500, 500, 500, 500, 500]),
    ])
    func slowsDownToTheLimit(limit: UInt64, expected: [UInt64]) {
        #expect(Self.intervals(limit: limit) == expected)
    }

    /// What comes up meanwhile counts from the next reading on.
    @Test func hurriesAgain() {
        var pace = ReadingPace(from: 0)
        for _ in 0..<4 { pace.noteReading(at: pace.next, limit: .max) }
        let last = pace.next
        pace.noteReading(at: last, limit: 0)
        #expect(pace.next - last == ReadingPace.shortest)
    }
}
