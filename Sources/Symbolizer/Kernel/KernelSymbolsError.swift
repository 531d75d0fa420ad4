package import SystemPackage

/// Why the kernel's functions have no names.
package enum KernelSymbolsError: Error, Equatable, CustomStringConvertible {
    /// The list cannot be read.
    case unreadable(Errno)
    /// The kernel shows all addresses as zero.
    case hidden
    /// There are no lines of its form: the kernel was built without the list.
    case empty

    package var description: String {
        switch self {
        case .unreadable(let errno):
            "cannot read /proc/kallsyms: \(errno); kernel functions have no names"
        case .hidden:
            "/proc/kallsyms hides the kernel's addresses; run uprof as root or with CAP_SYSLOG, "
                + "and with `sysctl kernel.kptr_restrict` at 0 or 1"
        case .empty:
            "/proc/kallsyms has no symbols; the kernel was built without CONFIG_KALLSYMS"
        }
    }
}

extension KernelSymbolsError {
    /// Whether a privilege is what is missing.
    package var isPermission: Bool {
        [.hidden, .unreadable(.permissionDenied), .unreadable(.notPermitted)].contains(self)
    }
}
