import TestSupport
import Testing

@testable import Bytes

@Suite struct LEB128Tests {
    @Test(
        arguments: [
            ([0x00], 0), ([0x7f], 127), ([0x80, 0x01], 128), ([0xe5, 0x8e, 0x26], 624_485),
            ([0x81, 0x80, 0x80, 0x00], 1),
            ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], UInt64.max),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], 0),
        ] as [([UInt8], UInt64)])
    func `reads unsigned integers, padded ones too`(bytes: [UInt8], expected: UInt64) throws {
        var cursor = ByteCursor(bytes.span.bytes)
        #expect(try cursor.readULEB128() == expected)
        #expect(cursor.remaining == 0)
    }

    @Test(
        arguments: [
            ([0x00], 0), ([0x7f], -1), ([0x3f], 63), ([0x40], -64), ([0x80, 0x7f], -128),
            ([0xc0, 0xbb, 0x78], -123_456), ([0xff, 0xff, 0x7f], -1), ([0xff, 0x00], 127),
            ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], Int64.min),
            ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00], Int64.max),
        ] as [([UInt8], Int64)])
    func `reads signed integers`(bytes: [UInt8], expected: Int64) throws {
        var cursor = ByteCursor(bytes.span.bytes)
        #expect(try cursor.readSLEB128() == expected)
        #expect(cursor.remaining == 0)
    }

    @Test(
        arguments: [
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
            [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        ] as [[UInt8]])
    func `more than 64 bits are an error`(bytes: [UInt8]) {
        var cursor = ByteCursor(bytes.span.bytes)
        #expect(throws: ByteError(.integerTooLarge, at: 0)) { try cursor.readULEB128() }
        var signed = ByteCursor(bytes.span.bytes)
        #expect(throws: ByteError(.integerTooLarge, at: 0)) { try signed.readSLEB128() }
        #expect(signed.position == 0)
    }

    @Test func `reads back what was written, and refuses every prefix of it`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let value = random.next() >> (random.next() % 64)
            let bytes = encode(value)
            var cursor = ByteCursor(bytes.span.bytes)
            #expect(try cursor.readULEB128() == value)
            for count in 0..<bytes.count {
                let prefix = Array(bytes.prefix(count))
                var cut = ByteCursor(prefix.span.bytes)
                #expect(throws: ByteError.self) { try cut.readULEB128() }
            }
        }
    }

    private func encode(_ value: UInt64) -> [UInt8] {
        var (rest, bytes) = (value, [UInt8]())
        repeat {
            bytes.append(UInt8(rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }
}
