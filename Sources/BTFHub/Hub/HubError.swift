package import SystemPackage

/// A hub, an archive or an export that cannot be used, and why.
package struct HubError: Error, Equatable, CustomStringConvertible {
    /// Why it cannot be used.
    package enum Reason: Equatable, Sendable {
        /// The system did not let us read, write or list it.
        case system(Errno)
        /// A directory without an index.
        case notIndexed
        /// Not a file of this format, or of a newer one.
        case unknownFormat
        /// Damaged, and how.
        case damaged(String)
        /// An archive that libarchive cannot read, in its words.
        case archive(String)
        /// An archive with no types in it.
        case nothingInside
        /// A name in an archive that leads out of it.
        case unsafeName(String)
        /// More bytes than a kernel's types ever have.
        case tooLarge
        /// Type information that cannot be used.
        case types(BTFError)
        /// Contents that are not those the index has.
        case changed
        /// A program that is needed is not installed; the package that has it.
        case missingProgram(String, package: String)
        /// A program that failed, with the end of what it said.
        case failed(program: String, status: String, message: String)
    }

    /// The file or directory, as the user knows it.
    package let path: String
    /// Why it cannot be used.
    package let reason: Reason

    /// Makes the error for a file and a reason.
    package init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .system(.noSuchFileOrDirectory): "\(path): no such file or directory"
        case .system(let errno): "\(path): \(errno)"
        case .notIndexed: "\(path) has no index; make it: uprof btf index \(path)"
        case .unknownFormat: "\(path) is not of a format this version of uprof knows"
        case .damaged(let what): "\(path) is damaged: \(what)"
        case .archive(let words): "cannot read \(path): \(words)"
        case .nothingInside: "\(path) has no type information in it"
        case .unsafeName(let name): "\(path): refused for the name in it: \(name)"
        case .tooLarge: "\(path) has more in it than a kernel's types ever have"
        case .types(let error): error.description
        case .changed: "\(path) has changed; run uprof btf index again"
        case .missingProgram(let program, let package):
            "\(program) is not installed; on Debian: apt-get install \(package)"
        case .failed(let program, let status, let message):
            "\(program) failed on \(path) (\(status)): \(message)"
        }
    }
}
