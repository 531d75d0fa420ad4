package import SystemPackage

/// An output file that could not be written; nothing is left under its name.
package struct OutputError: Error, Equatable, CustomStringConvertible {
    /// What was attempted.
    package enum Operation: String, Sendable {
        /// To open the file, or a new one beside it.
        case create
        /// To write to it.
        case write
        /// To put the new file in the place of the old one.
        case replace
    }

    /// The path as it was given; `-` is the standard output.
    package let path: String
    /// What was attempted.
    package let operation: Operation
    /// The reason the kernel gave.
    package let errno: Errno

    package var description: String {
        let object = path == "-" ? "the standard output" : path
        let message = "cannot \(operation.rawValue) \(object): \(errno)"
        return remedy.map { "\(message); \($0)" } ?? message
    }

    /// What one can do about it, if that is known.
    package var remedy: String? {
        switch errno {
        case .noSpace, .diskQuotaExceeded: "free some space or write elsewhere with -o"
        case .permissionDenied, .notPermitted, .readOnlyFileSystem:
            "write to a directory of your own with -o"
        case .noSuchFileOrDirectory: "create the directory first"
        case .isDirectory: "give the name of a file in it"
        default: nil
        }
    }
}
