import Bytes
import Compression
import Testing

@testable import Symbolizer

@Suite struct XZTests {
    private func compressed() throws -> [UInt8] {
        let image = try Fixture.image("minidebug")
        let section = try #require(image.section(named: ".gnu_debugdata"))
        return Array(
            try Fixture.bytes("minidebug")[Int(section.offset)...].prefix(Int(section.size)))
    }

    @Test func `decompresses an ELF file`() throws {
        let bytes = try compressed()
        let plain = XZ.decompress(bytes.span.bytes, limit: 1 << 20)
        #expect(plain?.starts(with: [0x7f, 0x45, 0x4c, 0x46]) == true)
    }

    @Test func `refuses more than the limit, and what is cut off or damaged`() throws {
        var bytes = try compressed()
        #expect(XZ.decompress(bytes.span.bytes, limit: 100) == nil)
        for count in stride(from: 0, to: bytes.count - 1, by: 7) {
            let prefix = Array(bytes.prefix(count))
            #expect(XZ.decompress(prefix.span.bytes, limit: 1 << 20) == nil)
        }
        bytes[bytes.count / 2] ^= 0xff
        #expect(XZ.decompress(bytes.span.bytes, limit: 1 << 20) == nil)
    }
}
