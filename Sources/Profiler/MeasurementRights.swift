internal import Glibc
internal import LibBPF
internal import SystemPackage

/// What this process is allowed to do.
package enum MeasurementRights {
    /// Finds out whether BPF may be used.
    ///
    /// - Throws: `AttachError.notPermitted` if not.
    static func checkBPF() throws(AttachError) {
        if case .failure(let error) = BPFFeatures.createMap(),
            [.notPermitted, .permissionDenied].contains(error.errno)
        {
            throw .notPermitted("\(error.errno)", remedy: remedy)
        }
    }

    /// What helps where the kernel denies something: also to root, a container's policy may.
    ///
    /// Source: `Seccomp` in /proc/PID/status is 2 under a filter (proc_pid_status(5)).
    package static var remedy: String {
        guard geteuid() == 0 else { return "run as root" }
        let status = SystemFile.text("/proc/self/status") ?? ""
        return status.contains("\nSeccomp:\t2\n")
            ? "a seccomp filter is in force, as in containers: run outside of it, or have it allow "
                + "bpf and perf_event_open"
            : "root may not here: cap_bpf, cap_perfmon or cap_sys_ptrace is missing, or lockdown(7) "
                + "forbids it"
    }

    /// Whether BPF may be used.
    package static var permitsBPF: Bool { (try? checkBPF()) != nil }

    /// Before Linux 5.11, maps count as locked memory.
    static func raiseLockedMemoryLimit() {
        var limit = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)
        // RLIMIT_MEMLOCK, which is no constant in Swift. Without the right to raise it, and with
        // a kernel that asks for it, making the maps says so.
        setrlimit(__rlimit_resource_t(8), &limit)
    }

    /// Every probe and every image takes a descriptor or more.
    static func raiseFileLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
