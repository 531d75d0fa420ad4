internal import CLibBPF
internal import Glibc
package import SystemPackage

/// The attachments of an object's programs; all are detached together.
///
/// The corresponding C type is `struct bpf_link`.
package struct BPFLinks: ~Copyable {
    private var handles: [OpaquePointer] = []

    /// Nothing attached yet.
    package init() {}

    deinit {
        for handle in handles { bpf_link__destroy(handle) }
    }

    /// How many programs are attached.
    package var count: Int { handles.count }

    /// Where a uprobe goes.
    package struct Site {
        /// The file as this process can open it.
        package var path: FilePath
        /// Offset of the instruction in the file, in bytes.
        package var offset: UInt64
        /// The only process to be probed; every process that maps the file where nil.
        package var process: Int32?
        /// Whether the program runs when the function returns instead (a uretprobe).
        package var atReturn: Bool
        /// What `bpf_get_attach_cookie` gives the program.
        package var cookie: UInt64

        /// Describes a site.
        package init(
            path: FilePath, offset: UInt64, process: Int32?, atReturn: Bool, cookie: UInt64
        ) {
            self.path = path
            self.offset = offset
            self.process = process
            self.atReturn = atReturn
            self.cookie = cookie
        }
    }

    /// Attaches a program to a uprobe through a perf event.
    ///
    /// The corresponding C function is `bpf_program__attach_uprobe_opts`.
    ///
    /// - Throws: `BPFError` if the kernel refuses the site.
    package mutating func attach(
        _ program: String, of object: borrowing BPFObject, to site: Site
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
