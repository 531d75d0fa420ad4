internal import CLibBPF
internal import Glibc

/// The numbers of the processors that there may be.
enum PossibleCPUs {
    /// All of them, the ones that are not online included.
    ///
    /// The kernel lists them in /sys; where that is not mounted, the C library counts those that are
    /// online.
    static var all: Range<Int32> {
        0..<(count ?? Int32(clamping: max(1, sysconf(Int32(_SC_NPROCESSORS_CONF)))))
    }

    /// How many values the kernel keeps in maps that have one for each; nil where it does not tell.
    static var count: Int32? {
        let count = libbpf_num_possible_cpus()
        return count > 0 ? count : nil
    }
}
