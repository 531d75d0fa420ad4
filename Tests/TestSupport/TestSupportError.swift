/// Why a test could not do what it set out to do, before anything was tested.
package enum TestSupportError: Error, CustomStringConvertible {
    case missingTarget(String)
    case missingExecutable([String])
    case cannotStart(String, code: Int32, reason: String)
    case systemCall(String, reason: String)
    case timeout(waitingFor: String, CommandResult.Output)
    case ended(waitingFor: String, CommandResult)
    case unsuccessful(CommandResult)
    case noTruth(CommandResult)

    package var description: String {
        switch self {
        case .missingTarget(let path): "\(path) is not built; run make -C TestTargets"
        case .missingExecutable(let paths):
            "uprof is not built; set UPROF_EXECUTABLE or run swift build "
                + "(looked for \(paths.joined(separator: ", ")))"
        case .cannotStart(let path, _, let reason): "cannot start \(path): \(reason)"
        case .systemCall(let call, let reason): "\(call) failed: \(reason)"
        case .timeout(let event, let output): "timed out waiting for \(event)\n\(output)"
        case .ended(let event, let result): "ended before \(event)\n\(result)"
        case .unsuccessful(let result): "unsuccessful\n\(result)"
        case .noTruth(let result): "the last line is not the program's truth\n\(result)"
        }
    }
}
