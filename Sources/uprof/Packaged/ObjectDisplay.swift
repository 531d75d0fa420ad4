internal import Packager
internal import Profiler
internal import Report

/// Shows what the programs of others tell, as it comes and at the end.
struct ObjectDisplay: ~Copyable {
    private let isJSON: Bool
    private let isQuiet: Bool
    private let path: String?
    private var file: StreamedFile?
    /// Whose records came last: a header stands above the first of each.
    private var lastTable: String?

    /// Opens the file that is to be written, if there is to be one.
    ///
    /// - Throws: `OutputError` if it cannot be.
    init(_ arguments: ObjectArguments) throws(OutputError) {
        path = arguments.output
        isQuiet = arguments.isQuiet
        isJSON = arguments.output.map { $0.hasSuffix(".json") } ?? arguments.isJSON
        if let output = arguments.output {
            file = try StreamedFile(output)
        } else {
            file = nil
        }
    }

    /// Shows what has happened.
    mutating func show(_ event: ObjectEvent) throws {
        switch event {
        case .started(let programs):
            say("\(programs) \(programs == 1 ? "program runs" : "programs run"); Ctrl-C ends")
        case .note(let note): say(note)
        case .record(let cells, let table):
            if isJSON { return try write(ProgramJSON().record(cells, of: table)) }
            if lastTable != table.name { try write(ProgramText().header(table)) }
            lastTable = table.name
            try write(ProgramText().record(cells, of: table))
        }
    }

    /// Shows the last report and completes the file.
    ///
    /// - Returns: What failed.
    consuming func finish(_ result: ObjectResult) -> [any Error] {
        for loss in result.report.losses {
            StandardError.write("uprof: lost: \(loss.count) \(HarmlessText.of(loss.what))\n")
        }
        if let failure = result.failure { return [failure] }
        do {
            try write(isJSON ? ProgramJSON().render(result.report) : text(of: result.report))
            if let path {
                try file.take()?.finish()
                if !isQuiet { StandardError.write("uprof: wrote \(path)\n") }
            }
            return []
        } catch {
            return [error]
        }
    }

    /// What was left in maps, apart from the records before it.
    private func text(of report: ProgramReport) -> String {
        let text = ProgramText().render(report)
        return lastTable == nil || text.isEmpty ? text : "\n" + text
    }

    private mutating func write(_ text: String) throws {
        if path == nil { return try StandardOutput.write(text) }
        try file?.write(text)
    }

    private func say(_ words: String) {
        if !isQuiet { StandardError.write("uprof: \(HarmlessText.of(words))\n") }
    }
}
