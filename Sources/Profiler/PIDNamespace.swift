internal import Glibc

/// The pid namespace of this process: in any but the initial one, the ids BPF programs see by
/// default are not the ones known here.
struct PIDNamespace {
    /// The device of its file.
    let device: UInt64
    /// The number of its file.
    let inode: UInt64

    /// The namespace this process is in, nil for the initial one.
    static let inner: PIDNamespace? = {
        // include/linux/proc_ns.h: PROC_PID_INIT_INO.
        let initialInode: ino_t = 0xEFFF_FFFC
        var status = stat()
        guard stat("/proc/self/ns/pid", &status) == 0, status.st_ino != initialInode else {
            return nil
        }
        return PIDNamespace(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }()
}
