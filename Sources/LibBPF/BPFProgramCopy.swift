internal import Glibc

/// A program in the kernel that is a copy of one of an object's, with another number in it.
package struct BPFProgramCopy: ~Copyable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// How often the kernel has passed over it because it was running already
    /// (`recursion_misses`, Linux 5.12); zero where it does not tell.
    package var missedRuns: UInt64 { BPFObject.missedRuns(descriptor: descriptor) }
}
