import Bytes
import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

@Suite struct CompressedSectionTests {
    private func image(_ variant: String) throws -> ELFImage {
        try ELFImage(path: Chain.directory(variant).appending("program"))
    }

    private func section(_ name: String, of image: ELFImage) throws -> [UInt8] {
        let section = try #require(image.section(named: name))
        let bytes = image.file.bytes.array
        return Array(bytes[Int(section.offset)...].prefix(Int(section.size)))
    }

    // The macros of the tests do not take spans.

    private func plain(_ name: String, of image: ELFImage) -> [UInt8]? {
        guard let section = image.sectionBytes(named: name) else { return nil }
        return section.bytes.array
    }

    private func claimedSize(_ section: [UInt8]) -> Int? {
        CompressedSection(header: section.span.bytes, byteOrder: .little)?.size
    }

    private func decompressed(_ section: [UInt8], isGNU: Bool = false) -> [UInt8]? {
        let bytes = section.span.bytes
        let header =
            isGNU
            ? CompressedSection(gnu: bytes) : CompressedSection(header: bytes, byteOrder: .little)
        guard let plain = header?.decompressed(bytes) else { return nil }
        return plain.bytes.array
    }

    @Test(arguments: ["zlib", "zlib-gnu", "zstd"].filter(Chain.exists))
    func `decompresses what objcopy compressed`(variant: String) throws {
        let plain = try ELFImage(path: Chain.directory(variant).appending("truth"))
        let compressed = try image(variant)
        let names = plain.sections.map(\.name).filter { $0.hasPrefix(".debug_") }
        #expect(names.count > 5)
        for name in names {
            let expected = try #require(self.plain(name, of: plain))
            #expect(self.plain(name, of: compressed) == expected)
        }
    }

    /// What several inputs of a linker were compressed to, one behind the other.
    @Test(arguments: ["zlib", "zstd"].filter(Chain.exists))
    func `reads several streams as one section`(variant: String) throws {
        let image = try image(variant)
        let first = try section(".debug_info", of: image)
        let second = try section(".debug_line", of: image)
        let sizes = try [first, second].map {
            try #require(claimedSize($0))
        }
        var joined = first
        joined.replaceSubrange(8..<16, with: bytes(of: UInt64(sizes[0] + sizes[1])))
        joined += second[24...]
        let result = decompressed(joined)
        let expected = [".debug_info", ".debug_line"].flatMap { plain($0, of: image) ?? [] }
        #expect(result == expected)
    }

    @Test(arguments: ["zlib", "zstd"].filter(Chain.exists))
    func `refuses a size that is not that of the bytes`(variant: String) throws {
        let original = try section(".debug_info", of: try image(variant))
        let size = try #require(claimedSize(original))
        for size in [UInt64(size) - 1, UInt64(size) + 1] {
            var damaged = original
            damaged.replaceSubrange(8..<16, with: bytes(of: size))
            #expect(decompressed(damaged) == nil)
        }
        for size in [CompressedSection.largestSize + 1, UInt64(1) << 62, .max] {
            var damaged = original
            damaged.replaceSubrange(8..<16, with: bytes(of: size))
            #expect(claimedSize(damaged) == nil)
        }
    }

    @Test(arguments: ["zlib", "zlib-gnu", "zstd"].filter(Chain.exists))
    func `survives every cut and flipped bits`(variant: String) throws {
        let isGNU = variant == "zlib-gnu"
        let original = try section(isGNU ? ".zdebug_info" : ".debug_info", of: try image(variant))
        func use(_ bytes: [UInt8]) -> Bool {
            decompressed(bytes, isGNU: isGNU) != nil
        }
        #expect(use(original))
        for count in 0..<original.count - 8 { #expect(!use(Array(original.prefix(count)))) }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            var damaged = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            _ = use(damaged)
        }
    }

    private func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (UInt64($0) * 8)) }
    }
}
