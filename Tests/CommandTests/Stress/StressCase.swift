import TestSupport
import Testing

/// A program that does to its stack what programs do, and what is to be counted of it.
struct StressCase: CustomTestStringConvertible {
    var target: String
    var arguments: [String] = []
    var functions: [String]
    /// Functions whose calls are all left without a return: none is measured, each is accounted for.
    var left: Set<String> = []
    /// The loss counters that may account for them.
    var reasons: Set<String> = []
    /// Further options of uprof.
    var options: [String] = []
    /// Whether each run prints the same.
    var isRepeatable = true

    var testDescription: String { ([target] + arguments + options).joined(separator: " ") }

    /// The same case with other options of uprof.
    func with(_ options: String...) -> StressCase {
        var other = self
        other.options += options
        return other
    }

    /// Cases as they are, with probes on exits, and with the objects for old kernels.
    static func inEveryWay(_ cases: [StressCase]) -> [StressCase] {
        cases + cases.map { $0.with("--returns", "exits") }
            + cases.map { $0.with("--object-family", "legacy") }
    }

    /// Whether a function is measured; patterns here are names, or names with a last `?`.
    private func isMeant(_ name: String) -> Bool {
        functions.contains { pattern in
            pattern == name
                || (pattern.hasSuffix("?") && pattern.count == name.count
                    && name.hasPrefix(pattern.dropLast()))
        }
    }

    /// Calls that return, by function.
    func returning(_ truth: Truth) -> [String: Int] {
        truth.calls.filter { isMeant($0.key) }
            .merging(left.filter(isMeant).map { ($0, 0) }, uniquingKeysWith: { $1 })
    }

    /// Calls that do not.
    func abandoned(_ truth: Truth) -> Int {
        left.filter(isMeant).reduce(0) { $0 + (truth.calls[$1] ?? 0) }
    }

    /// Runs the program with and without uprof, and compares what it does and what was counted.
    ///
    /// - Throws: `TestSupportError` when one of the two cannot be run.
    func verify() async throws {
        let alone = try await TestTarget(target).run(arguments)
        let measurement = try await Attach.command(
            target, arguments, functions: functions, options: options)
        #expect(measurement.uprof.termination == alone.termination)
        // Behind what it says of the family of the objects, where that is worth a word.
        let lines = measurement.uprof.standardError.split(separator: "\n")
        #expect(lines.prefix(2).contains { $0.hasPrefix(Attach.started) })
        if isRepeatable { #expect(measurement.commandOutput == alone.standardOutput) }
        try verifyCounts(measurement)
    }

    /// Compares what was counted with what the program says.
    ///
    /// - Throws: `TestSupportError` when the program says nothing.
    func verifyCounts(_ measurement: Measurement) throws {
        let truth = try measurement.truth
        let report = try measurement.report
        #expect(report.calls == returning(truth))
        #expect(reasons.isSuperset(of: report.losses.keys), "\(report.losses)")
        #expect(report.losses.values.reduce(0, +) == abandoned(truth), "\(report.losses)")
    }
}
