import Testing

@testable import Symbolizer

/// Counts that do not fit the file header are in the first section header.
@Suite struct ELFNumberingTests {
    private func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// A file header, a first section header, and one segment.
    private func image(segments: UInt16, sections: UInt16, first: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
        bytes += little(UInt16(2)) + little(UInt16(62)) + little(UInt32(1))  // type, machine
        bytes += little(UInt64(0)) + little(UInt64(128)) + little(UInt64(64))  // entry, tables
        bytes += little(UInt32(0)) + little(UInt16(64))  // flags, header size
        bytes += little(UInt16(56)) + little(segments) + little(UInt16(64)) + little(sections)
        bytes += little(UInt16(0xffff))  // SHN_XINDEX
        bytes += first
        bytes += little(UInt32(1)) + little(UInt32(5)) + little(UInt64(0)) + little(UInt64(0x1000))
        bytes += little(UInt64(0)) + little(UInt64(16)) + little(UInt64(32)) + little(UInt64(1))
        return bytes
    }

    @Test func `reads the counts of PN_XNUM and SHN_XINDEX`() throws {
        let first =
            [UInt8](repeating: 0, count: 32) + little(UInt64(1)) + little(UInt32(0))
            + little(UInt32(1)) + [UInt8](repeating: 0, count: 16)
        let image = try ELFImage(
            bytes: image(segments: 0xffff, sections: 0, first: first), name: "large")
        #expect(image.segments.count == 1)
        #expect(image.segments.first?.isExecutable == true)
        #expect(image.sections.count == 1)
        #expect(image.fileOffset(of: Address(0x100f)) == FileOffset(15))
        #expect(image.fileOffset(of: Address(0x1010)) == nil)
    }

    @Test func `a count of sections beyond the file leaves the segments usable`() throws {
        let first = [UInt8](repeating: 0xff, count: 64)
        let image = try ELFImage(
            bytes: image(segments: 1, sections: 0, first: first), name: "damaged")
        #expect(image.sections.isEmpty)
        #expect(image.segments.count == 1)
    }
}
