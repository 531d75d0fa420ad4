package import Bytes
package import SystemPackage

/// A file that cannot be used as an image, and why.
package struct ELFError: Error, Equatable, CustomStringConvertible {
    /// Why it cannot be used.
    package enum Reason: Error, Equatable, Sendable {
        /// The system did not let us read it.
        case unreadable(Errno)
        /// It has no bytes.
        case empty
        /// It does not start as ELF files do.
        case notELF
        /// It is for a 32-bit machine.
        case is32Bit
        /// It is for a machine that is neither x86_64 nor arm64.
        case unsupportedMachine(ELFMachine)
        /// A field of its header has a value no ELF file has.
        case invalidHeader(field: String, value: UInt64)
        /// Its bytes end too early, or do not make sense.
        case malformed(ByteError)
        /// It is a script; its interpreter is what runs.
        case script(interpreter: String)
        /// It has neither segments nor sections.
        case noContents
    }

    /// The file, as the user knows it.
    package let file: String
    /// Why it cannot be used.
    package let reason: Reason

    /// Makes the error for a file and a reason.
    package init(file: String, reason: Reason) {
        self.file = file
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .unreadable(.noSuchFileOrDirectory):
            "\(file): no such file"
        case .unreadable(.permissionDenied), .unreadable(.notPermitted):
            "\(file): permission denied; run uprof as root or as a user who can read it"
        case .unreadable(.isDirectory):
            "\(file) is a directory; name a program or a shared library"
        case .unreadable(.notSupported):
            "\(file) is not a regular file; name a program or a shared library"
        case .unreadable(let errno):
            "cannot read \(file): \(errno)"
        case .empty:
            "\(file) is empty; name a program or a shared library"
        case .notELF:
            "\(file) is not an ELF file; name a program or a shared library"
        case .is32Bit:
            "\(file) is a 32-bit ELF file; uprof supports 64-bit programs only"
        case .unsupportedMachine(let machine):
            "\(file) is for \(machine); uprof supports x86_64 and arm64"
        case .invalidHeader(let field, let value):
            "\(file) is damaged: the ELF header's \(field) is \(value)"
        case .malformed(let error):
            "\(file) is damaged: \(error)"
        case .script(let interpreter):
            "\(file) is a script, not an ELF file; name its interpreter, \(interpreter)"
        case .noContents:
            "\(file) is damaged: it has neither segments nor sections"
        }
    }
}
