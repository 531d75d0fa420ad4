internal import Glibc
internal import LibBPF

/// Why a measurement cannot start.
package enum AttachError: Error, CustomStringConvertible {
    /// No function matches a pattern; with where it was looked for and what is similar.
    case functionNotFound(pattern: String, place: String, nearest: [String], explanation: String?)
    /// The patterns match more functions than allowed.
    case tooManyFunctions(Int, limit: Int)
    /// All functions that match are refused.
    case nothingToProbe([ProbeRefusal])
    /// No module of the target matches a pattern's library.
    case moduleNotFound(pattern: String, modules: [String])
    /// The kernel has no way to do it: what it lacks, and since when there is that.
    case kernelLacks(String, since: String)
    /// What was asked for does not go together, in words.
    case doesNotFit(String)
    /// The kernel has no type information, and what was found elsewhere.
    case noTypes(String)
    /// BPF is not permitted, in the kernel's words.
    case notPermitted(String)

    /// Whether privileges would help.
    package var isPermission: Bool {
        if case .notPermitted = self { true } else { false }
    }

    /// Whether another kernel would help.
    package var isUnavailable: Bool {
        switch self {
        case .kernelLacks, .noTypes: true
        default: false
        }
    }

    package var description: String {
        switch self {
        case .functionNotFound(let pattern, let place, let nearest, let explanation):
            if let explanation {
                "no function '\(pattern)' in \(place): \(explanation)"
            } else if nearest.isEmpty {
                "no function matches '\(pattern)' in \(place); list them with `uprof functions`"
            } else {
                "no function matches '\(pattern)' in \(place); did you mean "
                    + nearest.joined(separator: ", ") + "?"
            }
        case .tooManyFunctions(let count, let limit):
            "the patterns match \(count) functions, more than --max-functions \(limit); "
                + "narrow them, or raise the limit"
        case .nothingToProbe(let refusals):
            refusals.prefix(5).map(\.description).joined(separator: "\n")
                + (refusals.count > 5 ? "\n… and \(refusals.count - 5) more" : "")
        case .moduleNotFound(let pattern, let modules):
            "no module of the target matches the library in '\(pattern)'; it has "
                + modules.joined(separator: ", ")
                + "; give the path of a library to probe it before it is loaded"
        case .kernelLacks(let feature, let version):
            "this kernel has no \(feature); use Linux \(version) or later, and see `uprof doctor`"
        case .doesNotFit(let reason): reason
        case .noTypes(let finding):
            "this kernel has no type information (BTF); give --btf FILE, or put it into the hub "
                + "(uprof btf fetch, uprof btf index)\n\(finding)"
        case .notPermitted(let reason):
            geteuid() == 0
                ? "BPF is not permitted (\(reason)), not even to root; a seccomp filter (of a "
                    + "container, perhaps: run it with --privileged), missing capabilities or "
                    + "lockdown forbid it; see `uprof doctor`"
                : "BPF is not permitted (\(reason)); run as root, or see `uprof doctor`"
        }
    }
}
