import Foundation
import TestSupport

/// What `uprof attach --json` has printed, and what became of the programs it measured.
struct Measurement: CustomStringConvertible {
    /// How uprof itself ended.
    var uprof: CommandResult
    /// How the measured processes ended, in the order they were named; none behind `--`.
    var targets: [CommandResult] = []
    /// The reports, one for each interval.
    var reports: [AttachReport] = []
    var slowCalls: [SlowCallRecord] = []
    /// The lines of stdout that are not uprof's but the command's.
    var commandOutput = ""

    var description: String { "\(uprof)" }

    /// Sorts out what uprof has printed.
    ///
    /// - Throws: `DecodingError` for a line that is not as documented.
    init(_ result: CommandResult) throws {
        uprof = result
        for line in result.standardOutput.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(#"{"schema": "uprof.attach/"#) {
                reports.append(try Self.decode(line))
            } else if line.hasPrefix(#"{"schema": "uprof.slow-call/"#) {
                slowCalls.append(try Self.decode(line))
            } else if !line.isEmpty {
                commandOutput += line + "\n"
            }
        }
    }

    /// The only report.
    var report: AttachReport {
        get throws {
            guard reports.count == 1 else { throw NotOneReport(measurement: self) }
            return reports[0]
        }
    }

    /// What the measured programs say of themselves: the command, or else the processes.
    var truths: [Truth] {
        get throws {
            guard targets.isEmpty else { return try targets.map { try $0.truth() } }
            var command = uprof
            command.output.standardOutput = commandOutput
            return [try command.truth()]
        }
    }

    /// What the only measured program says of itself.
    var truth: Truth {
        get throws { try truths[0] }
    }

    private static func decode<Line: Decodable>(_ line: Substring) throws -> Line {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Line.self, from: Data(line.utf8))
    }

    /// A test wanted one report and got none, or several.
    struct NotOneReport: Error, CustomStringConvertible {
        var measurement: Measurement

        var description: String { "\(measurement.reports.count) reports\n\(measurement)" }
    }
}
