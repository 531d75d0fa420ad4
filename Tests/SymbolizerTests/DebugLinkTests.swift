import Bytes
import Compression
import Testing

@testable import Symbolizer

@Suite struct DebugLinkTests {
    /// `a.debug`, a zero to end it and one to align it, and the checksum.
    private let link: [UInt8] = Array("a.debug".utf8) + [0, 0x78, 0x56, 0x34, 0x12]

    // The macros of the tests do not take spans.

    private func debugLink(_ bytes: [UInt8]) -> DebugLink? {
        DebugLink(parsing: bytes.span.bytes, byteOrder: .little)
    }

    private func supplementaryLink(_ bytes: [UInt8]) -> SupplementaryLink? {
        SupplementaryLink(parsing: bytes.span.bytes)
    }

    private func checksum(_ bytes: [UInt8]) -> UInt32 { Zlib.crc32(bytes.span.bytes) }

    @Test func `reads the name and the checksum`() throws {
        let read = try #require(debugLink(link))
        #expect(read.name == "a.debug")
        #expect(read.checksum == 0x1234_5678)
    }

    @Test func `refuses what is cut off`() {
        for count in 0..<link.count {
            let cut = Array(link.prefix(count))
            #expect(debugLink(cut) == nil)
        }
    }

    @Test(arguments: ["../../etc/shadow", "/etc/shadow", "..", ""])
    func `refuses names that lead elsewhere`(name: String) {
        var bytes = Array(name.utf8) + [0]
        while bytes.count % 4 != 0 { bytes.append(0) }
        bytes += [1, 2, 3, 4]
        #expect(debugLink(bytes) == nil)
    }

    @Test func `reads the link to a supplementary file`() throws {
        let bytes = Array("../dwz/common".utf8) + [0, 0xab, 0xcd]
        let read = try #require(supplementaryLink(bytes))
        #expect(read.path == "../dwz/common")
        #expect(read.buildID.description == "abcd")
        for count in 0...14 {
            let cut = Array(bytes.prefix(count))
            #expect(supplementaryLink(cut) == nil)
        }
    }

    /// The check value of the CRC-32 of ISO 3309, which the format uses.
    @Test func `computes the checksum`() {
        let digits = Array("123456789".utf8)
        #expect(checksum(digits) == 0xcbf4_3926)
        #expect(checksum([]) == 0)
    }
}
