internal import Foundation

/// What a process left behind.
package struct CommandResult: Sendable, CustomStringConvertible {
    /// How a process ended.
    package enum Termination: Sendable, Equatable {
        case exited(Int32)
        case signaled(Int32)
    }

    /// What a process has written, as text; bytes that are not UTF-8 are replaced.
    package struct Output: Sendable, CustomStringConvertible {
        package var standardOutput = ""
        package var standardError = ""

        package var description: String {
            "stdout:\n\(standardOutput.suffix(4_000))\nstderr:\n\(standardError.suffix(4_000))"
        }
    }

    /// The command line, for messages.
    package var command: [String]
    package var termination: Termination
    package var output: Output

    /// The exit status, or nil if a signal ended the process.
    package var status: Int32? {
        if case .exited(let status) = termination { status } else { nil }
    }

    /// The signal that ended the process, if one did.
    package var signal: Int32? {
        if case .signaled(let signal) = termination { signal } else { nil }
    }

    package var standardOutput: String { output.standardOutput }
    package var standardError: String { output.standardError }

    package var description: String {
        "\(command.joined(separator: " ")): \(termination)\n\(output)"
    }

    /// The result itself, for a chain of calls.
    ///
    /// - Throws: ``TestSupportError/unsuccessful(_:)`` when the status is not zero.
    @discardableResult
    package func check() throws -> CommandResult {
        guard termination == .exited(0) else { throw TestSupportError.unsuccessful(self) }
        return self
    }

    /// What a test program says it did, from its last line.
    ///
    /// - Throws: ``TestSupportError/noTruth(_:)`` when that line is something else.
    package func truth() throws -> Truth {
        let line = standardOutput.split(separator: "\n").last ?? ""
        do {
            return try JSONDecoder().decode(Truth.self, from: Data(line.utf8))
        } catch {
            throw TestSupportError.noTruth(self)
        }
    }
}
