internal import Profiler
internal import Report

/// Shows a measurement as it goes, and writes its results.
struct AttachDisplay {
    private let options: AttachOutputOptions
    private let isQuiet: Bool
    private var live = LiveText()

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
            say("\(refusal)")
        case .note(let note):
            say(note)
        case .interval(let report):
            if options.json {
                try StandardOutput.write(LatencyJSON().render(report))
            } else {
                try live.show(text(of: report))
            }
        case .slowCall(let call):
            if options.json {
                try StandardOutput.write(SlowCallJSON().render(call))
            } else {
                try live.printAbove(SlowCallText().render(call))
            }
        }
    }

    /// Shows the last report and writes the files.
    mutating func finish(_ result: AttachResult, command: [String]) throws {
        // Files first: a reader of stdout that has gone must not cost them.
        var failure: (any Error)?
        for file in options.files {
            do {
                try OutputFile(file.path).write(content(of: file.format, result, command: command))
                say("wrote \(file.path)")
            } catch {
                if let failure { say("\(failure)") }
                failure = error
            }
        }
        if options.json {
            try StandardOutput.write(LatencyJSON().render(result.report))
        } else {
            try live.show(text(of: result.report))
            if options.stacks, options.files.isEmpty, let stacks = result.stacks {
                try StandardOutput.write("\n" + FoldedStacks(options.value.kind).render(stacks))
            }
        }
        if let failure { throw failure }
    }

    private func text(of report: LatencyReport) -> String {
        let table = LatencyTable(width: StandardOutput.width).render(report)
        guard options.histogram else { return table }
        return table + "\n" + HistogramChart().render(report)
    }

    private func content(
        of format: ResultFormat, _ result: AttachResult, command: [String]
    ) -> String {
        let stacks = result.stacks ?? StackProfile(valueKinds: [options.value.kind])
        switch format {
        case .folded:
            return FoldedStacks(options.value.kind).render(stacks)
        case .flameGraph:
            let title = options.value == .calls ? "Calls by stack" : "Time in calls by stack"
            return FlameGraphSVG(
                options: FlameGraphOptions(title: title, valueKind: options.value.kind)
            ).render(stacks)
        case .json:
            return LatencyJSON().render(result.report)
        case .text:
            return text(of: result.report)
        }
    }

    private func say(_ text: String) {
        if !isQuiet { StandardError.write("uprof: \(text)\n") }
    }
}
