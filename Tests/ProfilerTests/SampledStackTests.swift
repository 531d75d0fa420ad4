import Symbolizer
import Testing

@testable import Profiler

/// Stacks and slow calls as the kernel side writes them.
@Suite struct SampledStackTests {
    /// A `struct uprof_stack` with two frames.
    private static let stack: [UInt8] = [
        0x02, 0x00, 0x00, 0x00,  // frame_count
        0x01, 0x00, 0x00, 0x00,  // end: no frame pointer
        0x10, 0x32, 0x54, 0x76, 0x98, 0x7f, 0x00, 0x00,  // frames[0]
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x00,  // frames[1], in image 3
    ]

    /// A `struct uprof_slow_call` up to its stack.
    private static let slowCall: [UInt8] = [
        0x00, 0xca, 0x9a, 0x3b, 0x00, 0x00, 0x00, 0x00,  // end_ns: 1 s
        0x40, 0x42, 0x0f, 0x00, 0x00, 0x00, 0x00, 0x00,  // duration_ns: 1 ms
        0xd2, 0x04, 0x00, 0x00,  // process: 1234
        0xd3, 0x04, 0x00, 0x00,  // thread: 1235
        0x07, 0x00, 0x00, 0x00,  // function
        0x00, 0x00, 0x00, 0x00,  // reserved
        0x77, 0x6f, 0x72, 0x6b, 0x65, 0x72, 0x00, 0x00,  // comm: "worker"
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ]

    @Test func readsAStack() {
        let stack = SampledStack(bytes: Self.stack.span.bytes)
        #expect(
            stack?.frames.map(\.place) == [
                .unmapped(Address(0x7f98_7654_3210)), .image(ImageNumber(3), Address(1)),
            ])
        #expect(stack?.end == .noFramePointer)
    }

    /// A map's value is longer than its stack.
    @Test func ignoresWhatIsBehindTheFrames() {
        let bytes = Self.stack + [UInt8](repeating: 0xff, count: 1_000)
        let stack = SampledStack(bytes: bytes.span.bytes)
        let exact = SampledStack(bytes: Self.stack.span.bytes)
        #expect(stack == exact)
    }

    @Test func refusesEveryPrefixOfAStack() {
        for count in 0..<Self.stack.count {
            let prefix = Array(Self.stack.prefix(count))
            let stack = SampledStack(bytes: prefix.span.bytes)
            #expect(stack == nil, "\(count) bytes")
        }
    }

    @Test func refusesAnUnknownEndAndTooManyFrames() {
        var unknown = Self.stack
        unknown[4] = 0x7f
        let withUnknownEnd = SampledStack(bytes: unknown.span.bytes)
        #expect(withUnknownEnd == nil)
        var many = Self.stack
        many.replaceSubrange(0..<4, with: [0xff, 0xff, 0xff, 0xff])
        let withTooMany = SampledStack(bytes: many.span.bytes)
        #expect(withTooMany == nil)
    }

    @Test func readsASlowCall() throws {
        let bytes = Self.slowCall + Self.stack
        let read = SlowCallEvent(record: bytes.span.bytes)
        let event = try #require(read)
        #expect(event.endNanoseconds == 1_000_000_000)
        #expect(event.durationNanoseconds == 1_000_000)
        #expect(event.process == ProcessID(1234))
        #expect(event.thread == 1235)
        #expect(event.function == 7)
        #expect(event.comm == "worker")
        #expect(event.stack.frames.count == 2)
    }

    @Test func readsANameThatFillsItsField() throws {
        var bytes = Self.slowCall + Self.stack
        bytes.replaceSubrange(32..<48, with: [UInt8](repeating: 0x61, count: 16))
        let read = SlowCallEvent(record: bytes.span.bytes)
        let event = try #require(read)
        #expect(event.comm == String(repeating: "a", count: 16))
    }

    @Test func refusesEveryPrefixOfASlowCall() {
        let bytes = Self.slowCall + Self.stack
        for count in 0..<bytes.count {
            let prefix = Array(bytes.prefix(count))
            let event = SlowCallEvent(record: prefix.span.bytes)
            #expect(event == nil, "\(count) bytes")
        }
    }
}
