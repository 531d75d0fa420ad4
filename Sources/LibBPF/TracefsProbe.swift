internal import Glibc
internal import Synchronization

/// A uprobe as an event that is defined in tracefs (`uprobe_events`), for kernels without events of
/// their own for it. It is there until it is removed.
package struct TracefsProbe: Sendable {
    /// The tracepoint's number.
    let number: UInt64
    private let name: String

    private static let count = Atomic(0)

    /// Where tracefs is: mounted by itself, or, on older systems, within debugfs; nil if neither.
    package static let directory: String? = [
        "/sys/kernel/tracing", "/sys/kernel/debug/tracing",
    ].first { access("\($0)/uprobe_events", W_OK) == 0 }

    /// Defines one.
    ///
    /// The format is that of Documentation/trace/uprobetracer.rst: `p:GROUP/EVENT PATH:OFFSET`.
    ///
    /// - Throws: `BPFError` if there is no tracefs, or the kernel refuses.
    init(_ site: UprobeSite) throws(BPFError) {
        let offset = String(site.offset, radix: 16)
        let operation = "define a probe of \(site.path) at file offset 0x\(offset)"
        guard let directory = Self.directory else { throw BPFError(operation, errno: ENOENT) }
        let number = Self.count.add(1, ordering: .relaxed).newValue
        name = "uprof_\(getpid())/probe_\(number)"
        let kind = site.atReturn ? "r" : "p"
        let result = KernelText.append(
            "\(kind):\(name) \(site.path):0x\(offset)\n", to: "\(directory)/uprobe_events")
        guard result == 0 else { throw BPFError(operation, errno: -result) }
        guard let text = KernelText.read("\(directory)/events/\(name)/id"),
            let id = UInt64(text)
        else {
            Self.remove(name)
            throw BPFError(operation, errno: ENOENT)
        }
        self.number = id
    }

    /// Takes the definition back; nothing may be attached any more.
    func remove() { Self.remove(name) }

    private static func remove(_ name: String) {
        guard let directory else { return }
        _ = KernelText.append("-:\(name)\n", to: "\(directory)/uprobe_events")
    }
}
