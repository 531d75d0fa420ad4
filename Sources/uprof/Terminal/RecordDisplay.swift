internal import Profiler
internal import Report

/// Shows a recording as it goes, and writes its results.
struct RecordDisplay {
    private let options: RecordOutputOptions
    private let mode: RecordConfiguration.Mode
    private let isQuiet: Bool
    private let line: ProgressLine

    init(options: RecordOutputOptions, mode: RecordConfiguration.Mode, isQuiet: Bool) {
        self.options = options
        self.mode = mode
        self.isQuiet = isQuiet
        line = ProgressLine(isQuiet: isQuiet)
    }

    /// Whether the number of samples is shown as they are taken.
    var isLive: Bool { line.isLive }

    /// Shows what has happened.
    mutating func show(_ event: RecordEvent) {
        guard !isQuiet else { return }
        switch event {
        case .started(let processes):
            let whose = processes == 1 ? "1 process" : "\(processes) processes"
            say("recording \(whose); Ctrl-C ends")
        case .note(let note):
            say(note)
        case .progress(let progress):
            line.show(RecordSummary.progress(progress))
        }
    }

    /// Writes the files, or prints the stacks, and sums up: all that can be, whatever else fails.
    ///
    /// - Returns: What failed, files first.
    mutating func finish(_ result: RecordResult) -> [any Error] {
        line.clear()
        var failures: [any Error] = []
        for file in options.files {
            do {
                try OutputFile(file.path).write(bytes(of: file.content, for: file.path, result))
                say("wrote \(file.path)")
            } catch {
                failures.append(error)
            }
        }
        if let failure = result.failure { failures.append(failure) }
        if options.files.isEmpty {
            do {
                try StandardOutput.write(FoldedStacks(valueKind).render(result.profile))
            } catch {
                failures.append(error)
            }
        }
        for line in RecordSummary.lines(result, mode: mode) { say(line) }
        return failures
    }

    private var valueKind: StackProfile.ValueKind {
        switch options.value {
        case .samples: .samples
        case .time: mode.timeKind
        case nil: mode == .onCPU ? .samples : mode.timeKind
        }
    }

    private func bytes(
        of content: RecordOutputOptions.Content, for path: String, _ result: RecordResult
    ) -> [UInt8] {
        switch content {
        case .profile(let content):
            content.bytes(result.profile, valueKind, for: path, title: title)
        case .summary:
            Array(RecordSummary.text(result, mode: mode, valueKind: valueKind).utf8)
        }
    }

    private var title: String {
        switch mode {
        case .onCPU: "Time on CPU"
        case .offCPU: "Time blocked"
        case .wall: "Time, running or not"
        }
    }

    private mutating func say(_ text: String) {
        guard !isQuiet else { return }
        line.clear()
        StandardError.write("uprof: \(text)\n")
    }
}
