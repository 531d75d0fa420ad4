internal import LibBPF
package import Report

/// Which family fits, found by trying.
extension ObjectFamily {
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
