internal import Glibc

/// The kernel's own events for uprobes, as sysfs describes them (Linux 4.17).
package struct UprobeEvents: Sendable {
    /// The type of the events (`perf_event_attr.type`).
    let type: UInt32
    /// What a return probe's configuration is.
    let atReturn: UInt64

    /// Those of this kernel, nil where it has none.
    package static let current: UprobeEvents? = {
        let directory = "/sys/bus/event_source/devices/uprobe"
        guard let type = KernelText.read("\(directory)/type").flatMap({ UInt32($0) }),
            let format = KernelText.read("\(directory)/format/retprobe"),
            let bit = format.split(separator: ":").last.flatMap({ UInt64($0) }), bit < 64
        else { return nil }
        return UprobeEvents(type: type, atReturn: 1 << bit)
    }()
}

/// Small files of the kernel.
enum KernelText {
    /// The text of one without the end of its last line, nil if it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        return String(decoding: bytes.prefix(count).filter { $0 != 10 }, as: UTF8.self)
    }

    /// Appends to one with a single call.
    ///
    /// - Returns: Zero or a negated errno.
    static func append(_ text: String, to path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { return -errno }
        defer { close(descriptor) }
        return write(descriptor, text, text.utf8.count) < 0 ? -errno : 0
    }
}
