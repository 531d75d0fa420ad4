internal import ArgumentParser
internal import Profiler

/// `uprof doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what this kernel and this user can do.",
        discussion: """
            One line for each thing uprof needs: ok, limited or missing, and the remedy.
            The exit status is 77 if privileges are missing, 69 if the kernel lacks something.

            Example:
              uprof doctor
            """)

    func run() throws {
        try Self.show(Doctor.examine())
    }

    /// Prints what was found.
    ///
    /// - Throws: `ExitCode` if something is missing.
    static func show(_ checks: [DoctorCheck]) throws {
        let width = checks.map(\.subject.count).max() ?? 0
        for check in checks {
            let padding = String(repeating: " ", count: width - check.subject.count)
            let status = check.status.rawValue
            let statusPadding = String(repeating: " ", count: 8 - status.count)
            let remedy = check.remedy.map { "; \($0)" } ?? ""
            try Failure.reporting {
                try StandardOutput.write(
                    "\(check.subject)\(padding)  \(status)\(statusPadding)\(check.finding)\(remedy)\n"
                )
            }
        }
        let missing = checks.filter { $0.status == .missing }
        if missing.contains(where: { $0.subject == "privileges" }) {
            throw ExitCode(Failure.notPermitted)
        }
        if !missing.isEmpty { throw ExitCode(Failure.unavailable) }
    }
}
