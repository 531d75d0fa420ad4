import Testing

@testable import Profiler

@Suite struct ReadingPaceTests {
    /// How long samples can wait, and the times between readings then, in milliseconds.
    struct Wait: Sendable {
        var limit: UInt64
        var intervals: [UInt64]
    }

    static let waits = [
        // Nothing to hurry: more and more seldom.
        Wait(limit: 60_000, intervals: [500, 1000, 2000, 2500, 2500]),
        // As long as there is room.
        Wait(limit: 1_500, intervals: [500, 1000, 1500, 1500, 1500]),
        // Somebody looks on, or there is hardly any room.
        Wait(limit: 0, intervals: [500, 500, 500, 500, 500]),
        Wait(limit: 100, intervals: [500, 500, 500, 500, 500]),
    ]

    @Test(arguments: waits)
    func slowsDownToTheLimit(wait: Wait) {
        var now: UInt64 = 7_000_000_000
        var pace = ReadingPace(from: now)
        var intervals: [UInt64] = []
        for _ in wait.intervals {
            intervals.append((pace.next - now) / 1_000_000)
            now = pace.next
            pace.noteReading(at: now, limit: wait.limit * 1_000_000)
        }
        #expect(intervals == wait.intervals)
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
