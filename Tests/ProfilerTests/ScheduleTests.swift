import Testing

@testable import Profiler

@Suite struct ScheduleTests {
    private static func schedule(
        duration: UInt64? = nil, interval: UInt64? = nil, from start: UInt64
    ) -> Schedule {
        Schedule(duration: duration, interval: interval, from: start)
    }

    /// Targets that end without a word are noticed soon, whatever was asked for.
    @Test func looksUpEveryTenthOfASecond() throws {
        let schedule = Self.schedule(from: 1_000)
        #expect(schedule.next(after: 1_000) == 100_001_000)
        #expect(schedule.next(after: 5_000) == 100_005_000)
    }

    /// Where all tell of their ends, nobody has to look.
    @Test func sleepsWhereNothingEndsWithoutAWord() {
        let none = Schedule(duration: nil, interval: nil, from: 1_000, tick: nil)
        #expect(none.next(after: 1_000) == .max)
        let some = Schedule(duration: 5_000_000_000, interval: nil, from: 1_000, tick: nil)
        #expect(some.next(after: 1_000) == 5_000_001_000)
    }

    @Test func looksUpForWhatComesFirst() throws {
        let schedule = Self.schedule(duration: 50_000, interval: 20_000, from: 1_000)
        #expect(schedule.next(after: 1_000) == 21_000)
        #expect(Self.schedule(duration: 50_000, from: 1_000).next(after: 1_000) == 51_000)
    }

    @Test func endsWhenTheDurationIsOver() throws {
        let now = MeasurementClock.now
        #expect(Self.schedule(duration: 1_000, from: now - 2_000).ending == .duration)
        #expect(Self.schedule(duration: 60_000_000_000, from: now).ending == nil)
        #expect(Self.schedule(from: 0).ending == nil)
    }

    @Test func tellsEachIntervalOnce() throws {
        let second: UInt64 = 1_000_000_000
        var schedule = Self.schedule(
            interval: 60 * second, from: MeasurementClock.now - 61 * second)
        let isOver = [schedule.isIntervalOver(), schedule.isIntervalOver()]
        #expect(isOver == [true, false])
        var none = Self.schedule(from: 0)
        let isEverOver = none.isIntervalOver()
        #expect(!isEverOver)
    }
}
