/// Why the programs of others do not run.
package enum ObjectError: Error, CustomStringConvertible {
    /// The object is not as it was said to be: what, and what is wrong.
    case mismatch(String, String)
    /// A value is no value of what it is for.
    case unsuitable(option: String, String)
    /// A program could be attached nowhere: each place, and why not there.
    case notAttached(program: String, [(place: String, reason: String)])
    /// No file of a name was found.
    case noFile(String, places: String)
    /// The end of a function's calls cannot be seen without harm.
    case noReturn(function: String, String)
    /// There is nothing to attach to, and what can be done.
    case unavailable(String)

    package var description: String {
        switch self {
        case .mismatch(let part, let problem): "\(part): \(problem)"
        case .unsuitable(let option, let problem): "--\(option): \(problem)"
        case .notAttached(let program, let attempts):
            "the program \(program) could not be attached:\n"
                + attempts.map { "  \($0.place): \($0.reason)" }.joined(separator: "\n")
        case .noFile(let name, let places): "there is no \(name) in \(places)"
        case .noReturn(let function, let reason):
            "the end of \(function) cannot be probed safely: \(reason)"
        case .unavailable(let reason): reason
        }
    }
}
