internal import Glibc

/// A Linux capability that uprof can use. Source: include/uapi/linux/capability.h.
enum Capability: Int, CaseIterable {
    case sysPtrace = 19
    case sysAdmin = 21
    case sysResource = 24
    case perfmon = 38
    case bpf = 39

    /// The name setcap(8) knows it by.
    var name: String {
        switch self {
        case .sysPtrace: "cap_sys_ptrace"
        case .sysAdmin: "cap_sys_admin"
        case .sysResource: "cap_sys_resource"
        case .perfmon: "cap_perfmon"
        case .bpf: "cap_bpf"
        }
    }

    /// The capabilities in effect for this process.
    static func effective() -> Set<Capability> {
        let prefix = "CapEff:\t"
        guard
            let line = SystemFile.text("/proc/self/status")?.split(separator: "\n")
                .first(where: { $0.hasPrefix(prefix) }),
            let mask = UInt64(line.dropFirst(prefix.count), radix: 16)
        else { return [] }
        return Set(allCases.filter { mask & (1 << UInt64($0.rawValue)) != 0 })
    }
}
