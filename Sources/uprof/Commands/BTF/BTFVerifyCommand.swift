internal import ArgumentParser
internal import BTFHub
internal import SystemPackage

/// `uprof btf verify`.
struct BTFVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a hub or an export is what it should be.",
        discussion: """
            Reads each file again and compares its SHA-256 with the index's. The exit
            status is 1 if anything is wrong.

            Example:
              uprof btf verify ~/btfhub-archive
            """)

    @Argument(help: ArgumentHelp("The hub, or an export.", valueName: "path"))
    var path: String = HubOptions.standardPath

    func run() throws {
        try Failure.reporting {
            let (count, errors) = try path.hasSuffix(".uprofbtf") ? verifyExport() : verifyHub()
            for error in errors { StandardError.write("uprof: \(error)\n") }
            try StandardOutput.write("\(count - errors.count) of \(count) are right\n")
            if !errors.isEmpty { throw ExitCode.failure }
        }
    }

    private func verifyHub() throws -> (Int, [HubError]) {
        let hub = try Hub(FilePath(path))
        return (try hub.index.records().count, try hub.verify())
    }

    private func verifyExport() throws -> (Int, [HubError]) {
        let export = try Export(path: FilePath(path))
        let records = try export.records()
        var errors: [HubError] = []
        for record in records {
            do throws(HubError) {
                _ = try export.types(of: record)
            } catch {
                errors.append(error)
            }
        }
        return (records.count, errors)
    }
}
