internal import Glibc
internal import LibBPF

/// Which events this kernel has, found out before programs are loaded for them.
enum KernelEvents {
    /// Where tracefs can be, in the order of libbpf.
    private static let directories = ["/sys/kernel/debug/tracing", "/sys/kernel/tracing"]

    /// Why programs cannot run at a tracepoint; nil if they can.
    static func problem(ofTracepoint name: String, in category: String) -> String? {
        guard let directory = directories.first(where: { access("\($0)/events", F_OK) == 0 })
        else {
            return access("/sys/kernel/tracing", F_OK) == 0
                ? "no tracefs here; mount it: mount -t tracefs tracefs /sys/kernel/tracing"
                : "no tracefs here; mount sysfs and tracefs"
        }
        let path = "\(directory)/events/\(category)/\(name)/id"
        if access(path, R_OK) == 0 { return nil }
        return errno == ENOENT
            ? "this kernel has no such tracepoint"
            : "\(path): \(String(cString: strerror(errno)))"
    }

    /// Why programs cannot run at raw tracepoints; nil if they can.
    static var problemOfRawTracepoints: String? {
        BPFFeatures.hasRawTracepoints
            ? nil : "this kernel has no raw tracepoints; use Linux 4.17 or later"
    }

    /// Why programs cannot run at functions of the kernel; nil if they can.
    static var problemOfKernelFunctions: String? {
        let places =
            ["/sys/bus/event_source/devices/kprobe/type"]
            + directories.map { "\($0)/kprobe_events" }
        return places.contains { access($0, F_OK) == 0 }
            ? nil : "this kernel was built without kprobes (CONFIG_KPROBE_EVENTS)"
    }

    /// Why programs cannot run at functions of programs; nil if they can.
    static var problemOfFunctions: String? {
        let kinds = "/sys/bus/event_source/devices/uprobe/type"
        return access(kinds, F_OK) == 0 || TracefsProbe.directory != nil
            ? nil
            : "this kernel has no uprobes, or neither sysfs nor tracefs is mounted "
                + "(mount -t tracefs tracefs /sys/kernel/tracing)"
    }
}
