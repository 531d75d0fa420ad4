internal import Profiler
internal import Report

/// Shows a measurement as it goes, and writes its results.
struct AttachDisplay {
    private let options: AttachOutputOptions
    private let isQuiet: Bool
    private var live = LiveText()
    private var slowCalls: [SlowCall] = []

    init(options: AttachOutputOptions, isQuiet: Bool) {
        self.options = options
        self.isQuiet = isQuiet
    }

    /// Shows what has happened.
    mutating func show(_ event: AttachEvent) throws {
        switch event {
        case .started(let functions, let processes):
            let what = functions == 1 ? "1 function" : "\(functions) functions"
            let whose = processes == 1 ? "1 process" : "\(processes) processes"
            say("measuring \(what) in \(whose); Ctrl-C ends")
        case .refused(let refusal):
            try live.printAbove("")
            say("\(refusal)")
        case .note(let note):
            try live.printAbove("")
            say(note)
        case .interval(let report):
            if options.json {
                try StandardOutput.write(LatencyJSON().render(report))
            } else {
                try live.show(text(of: report))
            }
        case .slowCall(let call):
            if options.needsSlowCalls { slowCalls.append(call) }
            if options.json {
                try StandardOutput.write(SlowCallJSON().render(call))
            } else {
                try live.printAbove(SlowCallText().render(call))
            }
        }
    }

    /// Writes the files and shows the last report: all that can be, whatever else fails.
    ///
    /// - Returns: What failed, files first: a reader of stdout that has gone must not cost them.
    mutating func finish(_ result: AttachResult) -> [any Error] {
        var failures: [any Error] = []
        for file in options.files {
            do {
                try OutputFile(file.path).write(
                    bytes(of: file.format, for: file.path, result))
                say("wrote \(file.path)")
            } catch {
                failures.append(error)
            }
        }
        if let failure = result.failure {
            // That was stdout already.
            failures.append(failure)
            return failures
        }
        do {
            try showLast(result)
        } catch {
            failures.append(error)
        }
        return failures
    }

    private mutating func showLast(_ result: AttachResult) throws(StreamError) {
        if options.json {
            try StandardOutput.write(LatencyJSON().render(result.report))
        } else {
            try live.show(text(of: result.report))
            if options.stacks, options.files.isEmpty, let stacks = result.stacks {
                try StandardOutput.write("\n" + FoldedStacks(options.value.kind).render(stacks))
            }
        }
    }

    /// Says that the end takes a while, where it does.
    func noteDetaching(links: Int) {
        guard links > Self.manyLinks else { return }
        say("removing probes; the kernel takes about \(links / 10) s")
    }

    private static let manyLinks = 10

    private func text(of report: LatencyReport) -> String {
        let report = Self.withoutIdleFunctions(report)
        let table = LatencyTable(width: StandardOutput.width).render(report)
        guard options.histogram else { return table }
        return table + "\n" + HistogramChart().render(report)
    }

    /// Leaves functions without calls out of a long table; with few, their zeros are an answer.
    private static func withoutIdleFunctions(_ report: LatencyReport) -> LatencyReport {
        let idle = report.functions.count { $0.calls == 0 }
        guard report.functions.count > longTable, idle > 0 else { return report }
        var report = report
        report.functions.removeAll { $0.calls == 0 }
        report.notes.append("\(idle) functions without calls are not shown")
        return report
    }

    private static let longTable = 20

    private func bytes(
        of format: ResultFormat, for path: String, _ result: AttachResult
    ) -> [UInt8] {
        switch format {
        case .stacks(let content):
            let stacks = result.stacks ?? StackProfile(valueKinds: [options.value.kind])
            let title = options.value == .calls ? "Calls by stack" : "Time in calls by stack"
            return content.bytes(stacks, options.value.kind, for: path, title: title)
        case .json: return Array(LatencyJSON().render(result.report).utf8)
        case .trace: return Array(ChromeTrace().render(slowCalls).utf8)
        case .text: return Array(text(of: result.report).utf8)
        }
    }

    private func say(_ text: String) {
        if !isQuiet { StandardError.write("uprof: \(text)\n") }
    }
}
