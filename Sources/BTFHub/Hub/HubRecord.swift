package import SystemPackage

/// A file with the types of a kernel, as a hub's index knows it.
package struct HubRecord: Hashable, Comparable, Sendable {
    /// The kernel release (`uname -r`), the key.
    package let release: String
    /// The distribution, by the archive's name of it; empty if the path does not tell.
    package let distribution: String
    /// Its version; empty if the path does not tell.
    package let version: String
    /// The instruction set, if anything tells.
    package let architecture: Architecture?
    /// The SHA-256 of the type information, in hexadecimal digits.
    package let hash: String
    /// The size of the type information, in bytes.
    package let size: Int
    /// When the file was last changed, in seconds since 1970.
    package let date: Int
    /// Where it came from, if not from the tree: a URL, a command.
    package let origin: String
    /// The file, relative to the hub.
    package let path: FilePath
    /// The name within the file, if that is an archive of several; else empty.
    package let member: String

    /// Whether it is of the instruction set of a host, as far as both are known.
    func fits(_ host: Host) -> Bool {
        guard let wanted = host.architecture, let own = architecture else { return true }
        return wanted == own
    }

    package static func < (left: Self, right: Self) -> Bool { left.key < right.key }

    private var key: (String, String, String, String, String) {
        (release, distribution, version, architecture?.name ?? "", path.string + member)
    }
}
