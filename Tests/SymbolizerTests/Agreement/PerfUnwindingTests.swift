import TestSupport
import Testing

@testable import Symbolizer

/// The same samples, unwound by perf (`--call-graph dwarf`) and by uprof's rows: perf's file holds the
/// registers and the copy of the stack of each sample, so that nothing is left to chance.
///
/// What is compared is the addresses of all frames from the root down, which is more than their
/// functions. The unwinder is the one of `--backend perf`; the programs in the kernel follow the
/// same rows.
@Suite(
    .serialized, .enabled(if: Capability.tool("perf").and(.root).isAvailable))
struct PerfUnwindingTests {
    /// Frames that one of both did not see as the other did.
    private struct Comparison: CustomStringConvertible {
        var samples = 0
        var agreeing = 0
        var differences: [String: Int] = [:]

        mutating func add(_ own: [UInt64], _ perf: [UInt64], end: UnwoundStack.End) {
            samples += 1
            if own == perf {
                agreeing += 1
                return
            }
            let common = zip(own.reversed(), perf.reversed()).prefix { $0 == $1 }.count
            let kind =
                common == own.count
                ? "uprof ends early: \(end)" : common == perf.count ? "perf ends early" : "differs"
            let shown = [perf, own].map { frames in
                frames.reversed().dropFirst(max(common - 1, 0)).prefix(3)
                    .map { String($0, radix: 16) }.joined(separator: " ")
            }
            differences["\(kind), perf \(shown[0]), uprof \(shown[1])", default: 0] += 1
        }

        var description: String {
            "\(agreeing) of \(samples)\n"
                + differences.sorted { $0.value > $1.value }.prefix(12)
                .map { "\($0.value) x \($0.key)" }.joined(separator: "\n")
        }
    }

    @Test(arguments: PerfWork.all.filter(\.isAvailable))
    func agreesOnEverySample(work: PerfWork) async throws {
        let directory = try ScratchDirectory()
        let path = directory.file("perf.data")
        let command = work.command.map { $0.replacing("{}", with: directory.path) }
        func shell(_ script: String) async throws {
            let script = script.replacing("{}", with: directory.path)
            _ = try await run("/bin/sh", ["-c", script], within: .seconds(120)).check()
        }
        try await shell(work.preparation)
        async let load: Void = shell(work.load)
        // 65528 bytes are the most that perf copies; its default of 8192 loses the roots of deep stacks.
        _ = try await run(
            try #require(Tool.path("perf")),
            [
                "record", "-q", "-F", "199", "-e", "cpu-clock", "--call-graph", "dwarf,65528",
                "-o", path, "--",
            ] + command, within: .seconds(120)
        ).check()
        try await load
        // With names too: asked for addresses alone, perf was seen to give other outermost frames.
        let script = try await run(
            try #require(Tool.path("perf")),
            [
                "script", "-i", path, "--comm", work.name, "-F", "tid,time,ip,sym", "--ns",
                "--no-inline", "--max-stack", "512",
            ], within: .seconds(120)
        ).check()
        let chains = Self.chains(ofScript: script.standardOutput)
        let data = try PerfData(path: path)
        let code = PerfCode(data)
        var comparison = Comparison()
        for sample in data.samples {
            guard let chain = chains[sample.moment] else { continue }
            comparison.add(
                code.frames(of: sample), chain, end: code.unwind(sample).end)
        }
        #expect(comparison.samples > 100)
        #expect(100 * comparison.agreeing >= 99 * comparison.samples, "\(comparison)")
    }

    /// The user's frames of each sample, root first.
    private static func chains(ofScript text: String) -> [PerfData.Moment: [UInt64]] {
        var chains: [PerfData.Moment: [UInt64]] = [:]
        var moment: PerfData.Moment?
        for line in text.split(separator: "\n") {
            let fields = line.split(maxSplits: 2, whereSeparator: \.isWhitespace)
            if !line.hasPrefix("\t"), fields.count == 2, let thread = UInt32(fields[0]) {
                let time = fields[1].filter(\.isNumber)
                moment = UInt64(time).map { PerfData.Moment(thread: thread, nanoseconds: $0) }
            } else if let moment, let address = fields.first.flatMap({ UInt64($0, radix: 16) }),
                address >> 63 == 0
            {
                chains[moment, default: []].insert(address, at: 0)
            }
        }
        return chains
    }
}
