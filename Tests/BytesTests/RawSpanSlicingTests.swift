import Testing

@testable import Bytes

@Suite struct RawSpanSlicingTests {
    private let bytes = Array("one\0two\0three".utf8)

    @Test(
        arguments: [
            (0, "one"), (1, "ne"), (4, "two"), (3, ""), (8, nil), (13, nil), (99, nil),
        ] as [(UInt64, String?)])
    func `finds strings that end`(offset: UInt64, expected: String?) {
        #expect(bytes.span.bytes.cString(at: offset)?.text == expected)
    }

    @Test(arguments: [("two", true), ("", true), ("three", true), ("threes", false), ("ow", false)])
    func `finds bytes among others`(part: String, expected: Bool) {
        #expect(bytes.span.bytes.contains(Array(part.utf8).span.bytes) == expected)
    }

    @Test func `bytes past the end are none`() {
        let span = bytes.span.bytes
        #expect(span.byte(at: bytes.count) == nil)
        #expect(span.byte(at: -1) == nil)
        let found = [0, 1, -1, .max].map { span.hasBytes(span, at: $0) }
        #expect(found == [true, false, false, false])
        #expect(span.firstOffset(of: 0, from: .max) == nil)
    }
}
