internal import Glibc

/// Reads the memory of a process (`/proc/PID/mem`).
enum ProcessMemory {
    /// More than what is read is anywhere: the vDSO is some pages.
    static let largestRead: UInt64 = 1 << 20

    /// The bytes of a mapping, nil if it is too large or the process may not be examined.
    static func bytes(of mapping: ProcessMapping, in process: ProcessID) -> [UInt8]? {
        let size = mapping.end.rawValue &- mapping.start.rawValue
        guard size <= largestRead, let start = off_t(exactly: mapping.start.rawValue) else {
            return nil
        }
        let descriptor = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            count = max(pread(descriptor, buffer.baseAddress, buffer.count, start), 0)
        }
        return bytes.count == Int(size) ? bytes : nil
    }
}
