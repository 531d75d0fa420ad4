extension HumanUnits {
    /// A point in time, in UTC as of RFC 3339, to the microsecond: `2026-03-01T12:34:56.123456Z`.
    package static func time(_ nanosecondsSince1970: UInt64) -> String {
        let seconds = nanosecondsSince1970 / 1_000_000_000
        let microseconds = nanosecondsSince1970 / 1_000 % 1_000_000
        let (year, month, day) = date(daysSince1970: seconds / 86_400)
        let clock = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60]
        return padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2) + "T"
            + clock.map { padded($0, to: 2) }.joined(separator: ":")
            + "." + padded(microseconds, to: 6) + "Z"
    }

    /// The Gregorian date, counted in years that begin in March: a leap day is then the last.
    private static func date(
        daysSince1970 days: UInt64
    ) -> (year: UInt64, month: UInt64, day: UInt64) {
        let daysOfEra: UInt64 = 146_097  // 400 years
        let shifted = days + 719_468  // since March 1 of the year 0
        let (era, day) = shifted.quotientAndRemainder(dividingBy: daysOfEra)
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            era * 400 + year + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
