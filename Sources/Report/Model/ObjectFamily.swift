/// Which of the compiled BPF objects run: what they demand of the kernel, and what they can do.
package enum ObjectFamily: String, Sendable, CaseIterable {
    /// For kernels with probe cookies (Linux 5.15), ring buffers and atomic operations.
    case modern
    /// For kernels from 4.14 on, and Red Hat's of the same age.
    case legacy
}
