import CUprofABI
import Symbolizer
import Testing

@testable import Profiler

/// Stacks as BPF programs tell of them.
@Suite struct ArrivingStacksTests {
    /// A `struct uprof_new_stack` with its frames.
    private static func event(hash: UInt64, frames: [UInt64], flags: UInt8 = 0) -> [UInt8] {
        var bytes: [UInt8] = []
        func add<Value: BitwiseCopyable>(_ value: Value) {
            withUnsafeBytes(of: value) { bytes += $0 }
        }
        add(hash)
        add(UInt32(frames.count))
        bytes += [0, 0, flags, 0]
        for frame in frames { add(frame) }
        return bytes
    }

    private static let kernel = UInt8(UPROF_STACK_KERNEL.rawValue)

    @Test func areKeptOnceByTheirHashes() {
        let stacks = ArrivingStacks()
        let events = [
            Self.event(hash: 7, frames: [1 << 48 | 0x10, 2 << 48 | 0x20]),
            Self.event(hash: 8, frames: [0xffff_ffff_8100_0000], flags: Self.kernel),
            Self.event(hash: 7, frames: [1 << 48 | 0x10, 2 << 48 | 0x20]),
            Self.event(hash: 9, frames: []),
        ]
        for event in events { stacks.add(event: event.span.bytes) }
        var totals = SampleTotals()
        stacks.take(into: &totals)
        #expect(totals.stackCount == 2)
        #expect(totals.stack(ofHash: 9) != nil)
        #expect(totals.stack(ofHash: 8) == nil)
        #expect(totals.stack(ofHash: 7).map { Array(totals.frames(of: $0)) } == [0, 1])
        #expect(totals.frames.map(\.rawValue) == [1 << 48 | 0x10, 2 << 48 | 0x20])
        #expect(totals.kernelAddresses(ofStack: 8) == [0])
        #expect(totals.kernelAddresses(ofStack: 7).isEmpty)
        #expect(totals.kernelAddresses == [Address(0xffff_ffff_8100_0000)])
        // Those that come later have frames in common with them.
        stacks.add(event: Self.event(hash: 10, frames: [2 << 48 | 0x20, 5]).span.bytes)
        stacks.take(into: &totals)
        #expect(totals.stack(ofHash: 10).map { Array(totals.frames(of: $0)) } == [1, 2])
        #expect(totals.stack(ofHash: 10)?.hasOwnCode == true)
        #expect(totals.stack(ofHash: 7)?.hasOwnCode == false)
    }

    @Test func mayBeCutShort() {
        let whole = Self.event(hash: 7, frames: [1, 2, 3])
        for count in 0..<whole.count {
            let stacks = ArrivingStacks()
            stacks.add(event: whole.span.bytes.extracting(0..<count))
            var totals = SampleTotals()
            stacks.take(into: &totals)
            #expect(totals.stackCount == 0)
        }
    }

    /// Words keep their numbers, however many there are.
    @Test func numbersAreThoseOfTheirOrder() {
        var numbers = WordNumbers()
        let words = (0..<5_000).map { UInt64($0) &* 0x1_0000_0001 }
        let order = (0..<5_000).map { Int32($0) }
        #expect(words.map { numbers.number(of: $0) } == order)
        #expect(words.reversed().map { numbers.number(of: $0) } == order.reversed())
        #expect(words.map { numbers.find($0) } == order)
        #expect(numbers.find(7) == nil)
        #expect(numbers.words == words)
    }
}
