internal import Glibc
package import SystemPackage

/// Finds the types of a host's kernel: in the kernel itself, in the files libbpf knows, in a hub.
package struct TypesLocator: Sendable {
    /// Where the types were found.
    package enum Place: Hashable, Sendable {
        /// A file named by the user.
        case named(FilePath)
        /// The kernel itself.
        case kernel(FilePath)
        /// The uncompressed image of the kernel.
        case image(FilePath)
        /// A hub.
        case hub(HubRecord, HubMatch.Reason)
    }

    /// What was found, and what was not on the way there.
    package enum Finding: Sendable {
        /// The types are there.
        case found(Place)
        /// The hub cannot tell.
        case undecided(HubMatch)
        /// There is nothing and no hub to look in.
        case nothing
    }

    private let root: FilePath

    /// Looks below a directory instead of `/`, for tests.
    package init(root: FilePath = "/") {
        self.root = root
    }

    /// Finds the types of this host's kernel. What the host is called is only asked for where the kernel
    /// itself has none.
    ///
    /// - Throws: `HubError` if the hub's index is damaged.
    package func find(
        _ host: @autoclosure () -> Host, file: FilePath? = nil,
        in index: (any KernelCatalog)? = nil, allowingNearest: Bool = false
    ) throws(HubError) -> Finding {
        if let file { return .found(.named(file)) }
        let kernel = path("sys/kernel/btf/vmlinux")
        if isReadable(kernel) { return .found(.kernel(kernel)) }
        let host = host()
        for image in Self.images(of: host.release) {
            let path = path(image)
            // An image of a kernel without types is of no use.
            if isReadable(path), (try? BTF(path: path)) != nil { return .found(.image(path)) }
        }
        guard let index else { return .nothing }
        let match = try HubLookup.find(host, in: index, allowingNearest: allowingNearest)
        if case .found(let record, let reason) = match { return .found(.hub(record, reason)) }
        return .undecided(match)
    }

    /// Where kernels leave their uncompressed image (libbpf, `btf__load_vmlinux_btf`).
    private static func images(of release: String) -> [String] {
        [
            "boot/vmlinux-\(release)",
            "lib/modules/\(release)/vmlinux-\(release)",
            "lib/modules/\(release)/build/vmlinux",
            "usr/lib/modules/\(release)/kernel/vmlinux",
            "usr/lib/debug/boot/vmlinux-\(release)",
            "usr/lib/debug/boot/vmlinux-\(release).debug",
            "usr/lib/debug/lib/modules/\(release)/vmlinux",
        ]
    }

    private func path(_ relative: String) -> FilePath { root.pushing(FilePath(relative)) }

    private func isReadable(_ path: FilePath) -> Bool { access(path.string, R_OK) == 0 }
}
