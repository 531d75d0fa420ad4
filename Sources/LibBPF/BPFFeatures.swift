internal import CLibBPF
internal import Glibc

/// What this kernel's BPF can do for this user, found out by trying.
package enum BPFFeatures {
    /// Whether a map of any kind can be made, or why not.
    package static func createMap() -> Result<Void, BPFError> {
        let descriptor = bpf_map_create(BPF_MAP_TYPE_ARRAY, "uprof_doctor", 4, 8, 1, nil)
        guard descriptor >= 0 else {
            return .failure(BPFError("create a BPF map", errno: errno))
        }
        close(descriptor)
        return .success(())
    }

    /// Whether there are ring buffers (Linux 5.8).
    package static var hasRingBuffer: Bool {
        libbpf_probe_bpf_map_type(BPF_MAP_TYPE_RINGBUF, nil) == 1
    }

    /// Whether probes carry a cookie, which tells functions apart (Linux 5.15).
    package static var hasAttachCookie: Bool {
        libbpf_probe_bpf_helper(BPF_PROG_TYPE_KPROBE, BPF_FUNC_get_attach_cookie, nil) == 1
    }

    /// Whether arrays can be mapped into a process (Linux 5.5).
    package static var hasMappableArrays: Bool {
        var options = bpf_map_create_opts()
        options.sz = MemoryLayout<bpf_map_create_opts>.size
        options.map_flags = UInt32(BPF_F_MMAPABLE)
        let descriptor = bpf_map_create(BPF_MAP_TYPE_ARRAY, "uprof_doctor", 4, 8, 1, &options)
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }

    /// Whether there are raw tracepoints (Linux 4.17).
    package static var hasRawTracepoints: Bool {
        libbpf_probe_bpf_prog_type(BPF_PROG_TYPE_RAW_TRACEPOINT, nil) == 1
    }

    /// Whether programs can look into the current task directly (Linux 5.11).
    package static var hasCurrentTask: Bool {
        libbpf_probe_bpf_helper(BPF_PROG_TYPE_KPROBE, BPF_FUNC_get_current_task_btf, nil) == 1
    }

    /// Whether many uprobes can be attached by one link, for one process (Linux 6.10).
    package static var hasUprobeMulti: Bool { uprof_has_multi(UPROF_UPROBE_MULTI) }

    /// Whether one program can run at the entry and the return of many functions (Linux 6.13).
    package static var hasUprobeSession: Bool { uprof_has_multi(UPROF_UPROBE_SESSION) }

    /// Whether events of other users' processes can be listened to.
    package static func openPerfEvent() -> Result<Void, BPFError> {
        var attributes = uprof_task_event_attributes()
        let descriptor = uprof_perf_event_open(&attributes, -1, 0, -1, 0)
        guard descriptor >= 0 else {
            return .failure(BPFError("open a perf event", errno: -descriptor))
        }
        close(descriptor)
        return .success(())
    }
}
