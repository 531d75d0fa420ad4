package import BTFHub
internal import Cache
internal import Glibc
internal import LibBPF
internal import Report
internal import SystemPackage

/// Looks at what this kernel and this user can do.
package enum Doctor {
    /// All checks, in the order a person would make them.
    ///
    /// - Parameter bundle: The types of kernels that a bundle carries, when it asks.
    /// - Returns: What was found, a line each.
    package static func examine(bundle: (any KernelCatalog)? = nil) -> [DoctorCheck] {
        [
            kernel(), privileges(), bpf(), bundle.map(btf(ofBundle:)) ?? btf(), objects(),
            cookies(), ringBuffer(), uprobes(), perfEvents(),
            lockdown(), openFiles(), lockedMemory(),
        ] + (bundle == nil ? [cache()] : [])
    }

    private static func kernel() -> DoctorCheck {
        var name = utsname()
        uname(&name)
        func text<Tuple>(_ tuple: Tuple) -> String {
            withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return .ok("kernel", "Linux \(text(name.release)) \(text(name.machine))")
    }

    private static func privileges() -> DoctorCheck {
        let held = Capability.effective()
        let needed: [Capability] =
            held.contains(.sysAdmin) ? [.sysPtrace] : [.bpf, .perfmon, .sysPtrace]
        let lacking = needed.filter { !held.contains($0) }.map(\.name)
        guard !lacking.isEmpty else {
            return .ok("privileges", geteuid() == 0 ? "root" : "capabilities are in effect")
        }
        return .missing(
            "privileges", "without \(lacking.joined(separator: ", "))",
            remedy: "run as root, or: setcap cap_bpf,cap_perfmon,cap_sys_ptrace=ep uprof")
    }

    private static func bpf() -> DoctorCheck {
        switch BPFFeatures.createMap() {
        case .success:
            .ok("BPF", "programs and maps can be made")
        case .failure(let error) where error.errno.rawValue == ENOSYS:
            .missing(
                "BPF", "the kernel has no bpf system call",
                remedy: "use a kernel with CONFIG_BPF_SYSCALL")
        case .failure(let error):
            .missing("BPF", "\(error)", remedy: "run as root, or with cap_bpf")
        }
    }

    private static func btf() -> DoctorCheck {
        let host = Host.current()
        let hub = HubPath.standard
        let index = try? HubIndex(of: hub)
        switch try? TypesLocator().find(host, in: index) {
        case .found(.kernel(let path)), .found(.named(let path)):
            return .ok("BTF", path.string)
        case .found(.image(let path)):
            return .ok("BTF", "\(path), as the kernel itself has none")
        case .found(.hub(let record, let reason)):
            return .ok(
                "BTF", "\(hub.pushing(record.path)) (\(reason.words)), as the kernel has none")
        case .undecided, .nothing, nil:
            return .missing(
                "BTF", "none in the kernel, nor in the hub \(hub)",
                remedy: "give attach and record --btf FILE, or get it: uprof btf fetch")
        }
    }

    /// Whether a bundle works with the types of this kernel, or its own for it.
    private static func btf(ofBundle bundle: any KernelCatalog) -> DoctorCheck {
        let host = Host.current()
        switch try? TypesLocator().find(host, in: bundle) {
        case .found(.kernel(let path)), .found(.named(let path)), .found(.image(let path)):
            return .ok("BTF", path.string)
        case .found(.hub(let record, let reason)):
            return .ok("BTF", "from the bundle: \(record.release), \(reason.words)")
        case .undecided, .nothing, nil:
            return .missing(
                "BTF", "none in the kernel, and none of \(host.release) in the bundle",
                remedy: "build the bundle from a hub with this kernel")
        }
    }

    /// Which family of BPF objects `uprof attach` will load.
    private static func objects() -> DoctorCheck {
        guard case .success = BPFFeatures.createMap() else {
            return .limited("BPF objects", "cannot be told", remedy: "run as root to find out")
        }
        let family = ObjectFamily.best
        guard let limits = family.limits else { return .ok("BPF objects", family.rawValue) }
        return .limited(
            "BPF objects", "\(family.rawValue): \(limits)",
            remedy: "use Linux 5.15 or later for all that uprof attach can do")
    }

    private static func cookies() -> DoctorCheck {
        feature("probe cookies", since: "5.15", isThere: BPFFeatures.hasAttachCookie)
    }

    private static func ringBuffer() -> DoctorCheck {
        feature("ring buffer", since: "5.8", isThere: BPFFeatures.hasRingBuffer)
    }

    /// A feature that can only be found out by those who may use BPF at all.
    private static func feature(
        _ subject: String, since version: String, isThere: @autoclosure () -> Bool
    ) -> DoctorCheck {
        guard case .success = BPFFeatures.createMap() else {
            return .limited(subject, "cannot be told", remedy: "run as root to find out")
        }
        return isThere()
            ? .ok(subject, "available")
            : .limited(
                subject, "this kernel has none", remedy: "use Linux \(version) or later")
    }

    private static func uprobes() -> DoctorCheck {
        let path = "/sys/bus/event_source/devices/uprobe/type"
        guard let type = SystemFile.firstLine(path) else {
            if let directory = TracefsProbe.directory {
                return .ok("uprobes", "by events defined in \(directory)")
            }
            return .missing(
                "uprobes", "no uprobe events: neither \(path) nor tracefs is there",
                remedy: "mount sysfs, or tracefs: mount -t tracefs tracefs /sys/kernel/tracing")
        }
        return .ok("uprobes", "perf event type \(type)")
    }

    private static func perfEvents() -> DoctorCheck {
        let paranoid = SystemFile.firstLine("/proc/sys/kernel/perf_event_paranoid") ?? "unknown"
        switch BPFFeatures.openPerfEvent() {
        case .success:
            return .ok("perf events", "permitted (perf_event_paranoid \(paranoid))")
        case .failure(let error):
            return .limited(
                "perf events", "\(error.errno) (perf_event_paranoid \(paranoid))",
                remedy: "new libraries are found by polling; run as root, or with cap_perfmon")
        }
    }

    private static func lockdown() -> DoctorCheck {
        guard let modes = SystemFile.firstLine("/sys/kernel/security/lockdown"),
            let mode = modes.split(separator: " ").first(where: { $0.hasPrefix("[") })
        else { return .ok("lockdown", "off, or not visible here") }
        return mode == "[confidentiality]"
            ? .missing(
                "lockdown", "confidentiality: BPF may not read memory",
                remedy: "boot without lockdown=confidentiality")
            : .ok("lockdown", "\(mode.dropFirst().dropLast())")
    }

    /// Bundles have none.
    private static func cache() -> DoctorCheck {
        guard let path = CachePath.standard else { return .ok("cache", "none is wanted") }
        do {
            _ = try DiskCache(at: path, for: nil)
            return .ok("cache", path.string)
        } catch {
            return .limited(
                "cache", "\(error)", remedy: "or go without: tables are compiled each time")
        }
    }

    private static func openFiles() -> DoctorCheck {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let finding = "\(limit.rlim_cur) of at most \(limit.rlim_max)"
        return limit.rlim_max >= 4096
            ? .ok("open files", finding)
            : .limited(
                "open files", finding,
                remedy: "each probe takes one; raise it: ulimit -n 65536")
    }

    private static func lockedMemory() -> DoctorCheck {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(8), &limit)  // RLIMIT_MEMLOCK, which is no constant in Swift
        let amount = limit.rlim_cur == rlim_t.max ? "unlimited" : "\(limit.rlim_cur >> 10) KiB"
        return .ok("locked memory", "\(amount) (BPF does not count against it from Linux 5.11)")
    }
}
