/// What a bundle becomes a package of: the executable to install and what is said of it.
package struct ExportedPackage: Sendable {
    /// The name of the package and of its command: lower-case letters, digits, `.`, `+` and `-`.
    package let name: String
    /// The version: digits, letters, `.`, `+` and `~`, starting with a digit.
    package let version: String
    /// One line about it.
    package let summary: String
    /// The machine it runs on.
    package let machine: PackageMachine
    /// The bundle.
    package let executable: [UInt8]
    /// The texts of the licences, by name.
    package let licences: [(name: String, text: [UInt8])]
    /// What files are dated, in seconds since 1970: packages have no time of their own either.
    package let date: UInt64

    /// Describes a package.
    ///
    /// - Throws: `ExportError.badName` if packages cannot have the name or the version.
    package init(
        name: String, version: String, summary: String, machine: PackageMachine,
        executable: [UInt8], licences: [(name: String, text: [UInt8])], date: UInt64 = 0
    ) throws(ExportError) {
        guard Self.isValid(name, Self.lowercase + Self.digits, ".+-"), name.utf8.count >= 2 else {
            throw .badName("the name \(name)", "lower-case letters, digits, '.', '+' and '-'")
        }
        let characters = Self.digits + Self.lowercase + Self.lowercase.uppercased()
        guard Self.isValid(version, characters, ".+~"), version.first?.isNumber == true else {
            throw .badName("the version \(version)", "a digit, then digits, letters, '.', '+', '~'")
        }
        self.name = name
        self.version = version
        self.summary = String(summary.map { $0.isNewline ? " " : $0 })
        self.machine = machine
        self.executable = executable
        self.licences = licences
        self.date = date
    }

    /// The files as they are installed, parents before children.
    var files: [PackageFile] {
        let documents = "usr/share/doc/\(name)"
        let directories = ["usr", "usr/bin", "usr/share", "usr/share/doc", documents]
        return directories.map { PackageFile(path: $0, contents: nil) }
            + [PackageFile(path: "usr/bin/\(name)", contents: executable, isExecutable: true)]
            + licences.map { PackageFile(path: "\(documents)/\($0.name)", contents: $0.text) }
    }

    private static let digits = "0123456789"
    private static let lowercase = "abcdefghijklmnopqrstuvwxyz"

    private static func isValid(_ text: String, _ first: String, _ others: String) -> Bool {
        guard let start = text.first, first.contains(start) else { return false }
        return text.allSatisfy { first.contains($0) || others.contains($0) }
    }
}

/// A file or, without contents, a directory of a package.
struct PackageFile {
    /// The path from the root, without a slash at its start.
    var path: String
    var contents: [UInt8]?
    var isExecutable = false

    /// The permission bits.
    var mode: Int { contents == nil || isExecutable ? 0o755 : 0o644 }
}
