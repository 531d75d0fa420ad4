internal import CLibBPF
internal import Glibc
internal import SystemPackage

/// The attachments of an object's programs; all are detached together.
///
/// The corresponding C type is `struct bpf_link`.
package struct BPFLinks: ~Copyable {
    private var handles: [OpaquePointer] = []
    private var descriptors: [Int32] = []
    private var definitions: [TracefsProbe] = []

    /// Nothing attached yet.
    package init() {}

    deinit {
        for handle in handles { bpf_link__destroy(handle) }
        for descriptor in descriptors { close(descriptor) }
        for definition in definitions { definition.remove() }
    }

    /// How many links there are: the kernel takes about 0.1 s to undo each.
    package var count: Int { handles.count + descriptors.count }

    /// Takes over all attachments of another.
    package mutating func append(_ other: consuming BPFLinks) {
        handles += other.handles
        descriptors += other.descriptors
        definitions += other.definitions
        other.handles = []
        other.descriptors = []
        other.definitions = []
    }

    /// Takes over a link that libbpf has made.
    mutating func add(_ link: OpaquePointer) { handles.append(link) }

    /// Attaches a program to a uprobe through a perf event.
    ///
    /// The corresponding C function is `bpf_program__attach_uprobe_opts`.
    ///
    /// - Throws: `BPFError` if the kernel refuses the site.
    package mutating func attach(
        _ program: String, of object: borrowing BPFObject, to site: UprobeSite
    ) throws(BPFError) {
        let program = try object.program(program)
        var options = bpf_uprobe_opts()
        options.sz = MemoryLayout<bpf_uprobe_opts>.size
        options.retprobe = site.atReturn
        options.bpf_cookie = site.cookie
        var link: OpaquePointer?
        let offset = String(site.offset, radix: 16)
        try BPFLog.check("probe \(site.path) at file offset 0x\(offset)") {
            link = bpf_program__attach_uprobe_opts(
                program, site.process ?? -1, site.path.string, Int(site.offset), &options)
            return link == nil ? -errno : 0
        }
        if let link { handles.append(link) }
    }

    /// Attaches a copy of a program to a uprobe, by the uprobe PMU or by an event defined in tracefs.
    ///
    /// - Throws: `BPFError` if the kernel refuses the site, or has no such events.
    package mutating func attach(
        _ program: borrowing BPFProgramCopy, to site: UprobeSite, byTracefs: Bool
    ) throws(BPFError) {
        let offset = String(site.offset, radix: 16)
        let operation = "probe \(site.path) at file offset 0x\(offset)"
        let process = site.process ?? -1
        if byTracefs {
            let definition = try TracefsProbe(site)
            let event = uprof_attach_tracepoint(program.descriptor, process, definition.number)
            guard event >= 0 else {
                definition.remove()
                throw BPFError(operation, errno: -event)
            }
            definitions.append(definition)
            descriptors.append(event)
            return
        }
        guard let events = UprobeEvents.current else { throw BPFError(operation, errno: ENOENT) }
        let event = uprof_attach_uprobe(
            program.descriptor, process, site.path.string, site.offset, events.type,
            site.atReturn ? events.atReturn : 0)
        guard event >= 0 else { throw BPFError(operation, errno: -event) }
        descriptors.append(event)
    }

    /// Attaches a program to many uprobes of one file by one link, to all or to none.
    ///
    /// All sites have the same file, process and kind. There is no C function of libbpf 1.1 for it:
    /// `bpf(BPF_LINK_CREATE)` with `BPF_TRACE_UPROBE_MULTI`, or `…_SESSION` for programs that run at
    /// the entry and the return.
    ///
    /// - Throws: `BPFError` if the kernel refuses one of the sites.
    package mutating func attachMulti(
        _ name: String, of object: borrowing BPFObject, to sites: [UprobeSite],
        isSession: Bool = false
    ) throws(BPFError) {
        guard let first = sites.first else { return }
        let program = bpf_program__fd(try object.program(name))
        let offsets = sites.map(\.offset)
        let cookies = sites.map(\.cookie)
        let offset = String(first.offset, radix: 16)
        let place = sites.count == 1 ? "at file offset 0x\(offset)" : "at \(sites.count) places"
        let descriptor = try BPFLog.check("probe \(first.path) \(place)") {
            first.path.string.withCString { path in
                var multi = uprof_multi_sites()
                multi.path = path
                multi.count = UInt32(sites.count)
                multi.process = UInt32(first.process ?? 0)
                multi.at_return = first.atReturn
                multi.kind = isSession ? UPROF_UPROBE_SESSION : UPROF_UPROBE_MULTI
                return offsets.withUnsafeBufferPointer { offsets in
                    cookies.withUnsafeBufferPointer { cookies in
                        multi.offsets = offsets.baseAddress
                        multi.cookies = cookies.baseAddress
                        return uprof_attach_multi(program, &multi)
                    }
                }
            }
        }
        descriptors.append(descriptor)
    }

    /// Attaches a program to the place its section names (a raw tracepoint).
    ///
    /// The corresponding C function is `bpf_program__attach`.
    ///
    /// - Throws: `BPFError` if the kernel refuses.
    package mutating func attach(
        _ name: String, of object: borrowing BPFObject
    ) throws(BPFError) {
        let program = try object.program(name)
        var link: OpaquePointer?
        try BPFLog.check("attach the BPF program \(name)") {
            link = bpf_program__attach(program)
            return link == nil ? -errno : 0
        }
        if let link { handles.append(link) }
    }
}
