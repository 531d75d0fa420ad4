/// What the name and the place of a file say of the kernel it belongs to.
struct KernelImageName {
    /// The kernel release.
    let release: String
    /// The distribution by the archive's name of it, or empty.
    let distribution: String
    /// Its version, or empty.
    let version: String
    /// The instruction set, if a directory or the release says it.
    let architecture: Architecture?

    private static let architectures: Set<String> = [
        "x86_64", "arm64", "aarch64", "amd64", "s390x", "ppc64le", "riscv64", "i686",
    ]

    /// Endings of files of a hub, the longest first.
    private static let endings = [
        ".btf.tar.xz", ".btf.tar.zst", ".btf.tar.gz", ".btf.xz", ".btf.zst", ".btf.gz", ".btf",
        ".tar.xz", ".tar.zst", ".tar.gz", ".debug", ".deb", ".ddeb", ".rpm",
    ]

    /// Reads a path in the layout of BTFHub's archive,
    /// `distribution/version/architecture/release.btf`, or of debug packages,
    /// `…/modules/release/vmlinux` and `…/vmlinux-release`.
    init(path: String) {
        let parts = path.split(separator: "/").map(String.init)
        let file = Self.withoutEnding(parts.last ?? "")
        if file == "vmlinux", parts.count > 1 {
            release = parts[parts.count - 2]
        } else if file.hasPrefix("vmlinux-") {
            release = String(file.dropFirst("vmlinux-".count))
        } else {
            release = file
        }
        let directories = Array(parts.dropLast())
        if let place = directories.lastIndex(where: Self.architectures.contains), place >= 2 {
            architecture = Architecture(directories[place])
            version = directories[place - 1]
            distribution = directories[place - 2]
        } else {
            architecture = Architecture(ofRelease: release)
            version = ""
            distribution = ""
        }
    }

    /// Whether a file may have type information in it, by its name.
    static func isCandidate(_ name: String) -> Bool {
        isImage(name) || endings.contains { name.hasSuffix($0) }
    }

    /// Whether a file is the uncompressed image of a kernel, by its name.
    static func isImage(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name == "vmlinux" || name == "vmlinux.debug" || name.hasPrefix("vmlinux-")
    }

    private static func withoutEnding(_ name: String) -> String {
        guard let ending = endings.first(where: name.hasSuffix) else { return name }
        return String(name.dropLast(ending.count))
    }
}
