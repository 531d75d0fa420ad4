import Report
import Testing

@Suite("Human units")
struct HumanUnitsTests {
    @Test(
        "give durations three significant digits",
        arguments: [
            (0, "0 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (1_234, "1.23 µs"),
            (1_235, "1.24 µs"), (9_994, "9.99 µs"), (9_996, "10.0 µs"), (99_949, "99.9 µs"),
            (99_950, "100 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"), (45_600_000, "45.6 ms"),
            (999_999_999, "1.00 s"), (59_940_000_000, "59.9 s"), (999_600_000_000, "1,000 s"),
            (1_234_400_000_000, "1,234 s"), (.max, "18,446,744,074 s"),
        ] as [(UInt64, String)])
    func duration(nanoseconds: UInt64, text: String) {
        #expect(HumanUnits.duration(nanoseconds) == text)
    }

    @Test(
        "separate thousands",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"),
            (.max, "18,446,744,073,709,551,615"),
        ] as [(UInt64, String)])
    func count(count: UInt64, text: String) {
        #expect(HumanUnits.count(count) == text)
    }

    @Test(
        "give rates three digits or all",
        arguments: [
            (0, 0, "0"), (1, 0, "-"), (1, 3_000_000_000, "0.33"), (999, 100_000_000_000, "9.99"),
            (9_999, 1_000_000_000_000, "10.0"), (123_456, 1_000_000_000, "123,456"),
            (5, 1, "5,000,000,000"),
        ] as [(UInt64, UInt64, String)])
    func rate(count: UInt64, nanoseconds: UInt64, text: String) {
        #expect(HumanUnits.rate(of: count, in: nanoseconds) == text)
    }

    @Test(
        "give parts of a whole",
        arguments: [
            (0, 0, "0%"), (0, 5, "0%"), (5, 5, "100%"), (1, 3, "33.3%"), (1, 1_000_000, "0.0%"),
        ] as [(UInt64, UInt64, String)])
    func percentage(part: UInt64, whole: UInt64, text: String) {
        #expect(HumanUnits.percentage(part, of: whole) == text)
    }

    @Test(
        "fix the digits behind the point",
        arguments: [(0, "0.00"), (0.005, "0.01"), (12.3, "12.30"), (-1, "0.00"), (.nan, "0.00")]
            as [(Double, String)])
    func fixed(value: Double, text: String) {
        #expect(HumanUnits.fixed(value, fractionDigits: 2) == text)
    }

    @Test(
        "give points in time as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_399_999_999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400_000_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_772_368_496_123_456_789, "2026-03-01T12:34:56.123456Z"),
            (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000Z"),
            (.max, "2554-07-21T23:34:33.709551Z"),
        ] as [(UInt64, String)])
    func time(nanoseconds: UInt64, text: String) {
        #expect(HumanUnits.time(nanoseconds) == text)
    }
}
