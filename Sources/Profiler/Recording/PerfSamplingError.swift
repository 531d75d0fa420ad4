internal import Glibc
package import Symbolizer

/// Why samples cannot be taken by perf events alone.
package enum PerfSamplingError: Error, CustomStringConvertible {
    /// The kernel does not permit it: with `kernel.perf_event_paranoid`, if it can be read, and
    /// the process that it is about.
    case notPermitted(ProcessID?, level: Int?)
    /// Time off the processor takes BPF.
    case onlyOnCPU

    /// Whether privileges would help.
    package var isPermission: Bool {
        if case .notPermitted = self { true } else { false }
    }

    package var description: String {
        switch self {
        case .notPermitted(nil, let level):
            "sampling all processes is not permitted (\(Self.text(level))); run as root"
        case .notPermitted(let process?, let level?) where level > Self.highestForUsers:
            "sampling process \(process) is not permitted (\(Self.text(level))); "
                + "set it to \(Self.highestForUsers) or less "
                + "(sysctl kernel.perf_event_paranoid=\(Self.highestForUsers)), or run as root"
        case .notPermitted(let process?, let level):
            "sampling process \(process) is not permitted (\(Self.text(level))): "
                + "it is another user's or has more rights; run as root"
        case .onlyOnCPU:
            "perf events alone do not see time off the processor; use --backend bpf as root"
        }
    }

    /// Users may measure their own processes, outside of the kernel, up to this level.
    private static let highestForUsers = 2

    private static func text(_ level: Int?) -> String {
        "kernel.perf_event_paranoid is \(level.map(String.init) ?? "unknown")"
    }

    /// What `kernel.perf_event_paranoid` is; nil where it cannot be read.
    static var level: Int? {
        guard let file = fopen("/proc/sys/kernel/perf_event_paranoid", "re") else { return nil }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 16)
        guard fgets(&text, Int32(text.count), file) != nil else { return nil }
        let digits = text.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
