internal import Glibc

/// A host, as far as it takes to find the types of its kernel.
package struct Host: Hashable, Sendable {
    /// The kernel release (`uname -r`).
    package let release: String
    /// Its instruction set; nil for any.
    package let architecture: Architecture?
    /// What the system calls itself, if that is known; in a container, what the image does.
    package let system: OSRelease?

    /// Makes it of its parts.
    package init(release: String, architecture: Architecture?, system: OSRelease?) {
        self.release = release
        self.architecture = architecture
        self.system = system
    }

    /// This host. Containers share its kernel, so that the release is the host's everywhere.
    package static func current() -> Host {
        var name = utsname()
        uname(&name)
        func text<Tuple>(_ tuple: Tuple) -> String {
            withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return Host(
            release: text(name.release), architecture: Architecture(text(name.machine)),
            system: .current())
    }
}
