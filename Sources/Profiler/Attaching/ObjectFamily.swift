internal import LibBPF

/// Which of the compiled objects run: what they demand of the kernel, and what they can do.
package enum ObjectFamily: String, Sendable, CaseIterable {
    /// For kernels with probe cookies (Linux 5.15), ring buffers and atomic operations.
    case modern
    /// For kernels from 4.14 on, and Red Hat's of the same age.
    case legacy

    /// What this kernel can run, found by trying.
    package static var best: ObjectFamily {
        BPFFeatures.hasAttachCookie && BPFFeatures.hasRingBuffer && BPFFeatures.hasCurrentTask
            ? .modern : .legacy
    }

    /// What `uprof record` can run on this kernel: it needs less.
    package static var bestForRecording: ObjectFamily {
        BPFFeatures.hasMappableArrays && BPFFeatures.hasRingBuffer ? .modern : .legacy
    }

    /// What `uprof attach` does less well than with another kernel; nil where nothing is.
    package var limits: String? {
        switch self {
        case .modern: nil
        case .legacy:
            "a program for each probe; stacks of at most \(UnwindChain.mostFrames) frames; with "
                + "--interval, the extremes are those of the histogram's buckets"
        }
    }
}
