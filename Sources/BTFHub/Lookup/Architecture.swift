/// An instruction set by the name `uname -m` has for it, whatever name it came by.
package struct Architecture: Hashable, Sendable, CustomStringConvertible {
    /// The name of `uname -m`: `x86_64`, `aarch64`.
    package let name: String

    /// Translates the names that distributions and archives use.
    package init(_ name: String) {
        self.name =
            switch name.lowercased() {
            case "amd64", "x86_64", "x86-64": "x86_64"
            case "arm64", "aarch64": "aarch64"
            case "i386", "i486", "i586", "i686", "x86": "i686"
            case "ppc64el", "ppc64le": "ppc64le"
            default: name.lowercased()
            }
    }

    /// The name of its directories in the archive of BTFHub.
    package var directoryName: String { name == "aarch64" ? "arm64" : name }

    /// What a kernel release says of it at its end, if it says anything: `el7.x86_64`, `-amd64`.
    package init?(ofRelease release: String) {
        let names = [
            "x86_64", "aarch64", "ppc64le", "s390x", "riscv64", "amd64", "arm64", "i686", "armv7l",
        ]
        guard
            let name = names.first(where: {
                release.hasSuffix("." + $0) || release.hasSuffix("-" + $0)
            })
        else { return nil }
        self.init(name)
    }

    package var description: String { name }
}
