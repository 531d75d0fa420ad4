import CUprofABI
import Report
import Testing

@testable import Profiler

/// The layout that the BPF programs and the Swift side both know.
@Suite struct ABITests {
    /// The BPF side counts into as many buckets as the report has.
    @Test func agreesOnTheBuckets() {
        #expect(LatencyHistogram.bucketCount == Int(UPROF_BUCKET_COUNT))
        #expect(
            Int(UPROF_FUNCTION_STATS_SIZE)
                == MemoryLayout<uprof_function_stats>.size + 8 * LatencyHistogram.bucketCount)
        let subBuckets = UInt64(1) << UPROF_SUB_BUCKET_BITS
        #expect(LatencyHistogram.bucketIndex(of: subBuckets - 1) == Int(subBuckets) - 1)
        #expect(LatencyHistogram.bucketIndex(of: .max) == Int(UPROF_BUCKET_COUNT) - 1)
    }

    /// The function of histogram.bpf.h, in Swift.
    private static func kernelBucket(of value: UInt64) -> Int {
        let bits = UInt64(UPROF_SUB_BUCKET_BITS)
        guard value >= 1 << bits else { return Int(value) }
        let log = UInt64(63 - value.leadingZeroBitCount)
        return Int(((log - bits + 1) << bits) + ((value >> (log - bits)) & ((1 << bits) - 1)))
    }

    @Test func agreesOnTheBucketOfEachValue() {
        for power in UInt64(0)..<64 {
            for offset: UInt64 in [0, 1, 2, 3, 5, 8, 13, 1 << power - 1] {
                let value = (1 << power) &+ offset
                #expect(LatencyHistogram.bucketIndex(of: value) == Self.kernelBucket(of: value))
            }
        }
    }

    @Test func hasNoPadding() {
        #expect(MemoryLayout<uprof_function_stats>.size == 32)
        #expect(MemoryLayout<uprof_stack>.size == 8)
        #expect(MemoryLayout<uprof_stack_key>.size == 16)
        #expect(MemoryLayout<uprof_stack_count>.size == 16)
        #expect(MemoryLayout<uprof_slow_call>.size == 56)
        #expect(MemoryLayout<uprof_thread_header>.size == 8)
        #expect(Int(UPROF_STACK_SIZE) == 8 + 8 * Int(UPROF_MAX_FRAMES))
        #expect(Int(UPROF_KERNEL_STACK_SIZE) == 8 + 8 * Int(UPROF_MAX_KERNEL_FRAMES))
        #expect(MemoryLayout<uprof_unwind_row>.size == 4)
        #expect(MemoryLayout<uprof_unwind_rule>.size == 16)
        #expect(MemoryLayout<uprof_unwind_page>.size == 8)
        #expect(MemoryLayout<uprof_image>.size == 16)
        #expect(MemoryLayout<uprof_mapping>.size == 32)
        #expect(MemoryLayout<uprof_sample_key>.size == 48)
        #expect(MemoryLayout<uprof_blocked>.size == 64)
    }

    /// Every reason the BPF side can end a stack for has words here.
    @Test func knowsAllEndsOfStacks() {
        #expect(StackEnd.exiting.rawValue == UInt8(UPROF_STACK_END_EXITING.rawValue))
        #expect(StackEnd.unsupported.rawValue == UInt8(UPROF_STACK_END_UNSUPPORTED.rawValue))
        #expect(StackEnd.noTableYet.rawValue == UInt8(UPROF_STACK_END_NO_TABLE_YET.rawValue))
        #expect(StackEnd.allCases.map { Int($0.rawValue) } == Array(0..<StackEnd.allCases.count))
        for end in StackEnd.allCases { #expect((end.reason == nil) == (end == .complete)) }
    }

    /// A counter of the BPF side that no report shows would be a loss that nobody hears of.
    @Test func hasAReasonForEachLossCounter() {
        #expect(Int(UPROF_LOSS_COUNT.rawValue) <= LossReason.known.count)
    }
}
