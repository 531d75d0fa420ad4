import Bytes
import SystemPackage
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

    @Test(arguments: ["zlib", "zlib-gnu", "zstd"].filter(Chain.exists))
    func `decompresses what objcopy compressed`(variant: String) throws {
        let plain = try ELFImage(path: Chain.directory(variant).appending("truth"))
        let compressed = try image(variant)
        let names = plain.sections.map(\.name).filter { $0.hasPrefix(".debug_") }
        #expect(names.count > 5)
        for name in names {
            let expected = try #require(plain.sectionBytes(named: name)).bytes.array
            #expect(compressed.sectionBytes(named: name)?.bytes.array == expected)
        }
    }

    /// What several inputs of a linker were compressed to, one behind the other.
    @Test(arguments: ["zlib", "zstd"].filter(Chain.exists))
    func `reads several streams as one section`(variant: String) throws {
        let image = try image(variant)
        let first = try section(".debug_info", of: image)
        let second = try section(".debug_line", of: image)
        let sizes = try [first, second].map {
            try #require(CompressedSection(header: $0.span.bytes, byteOrder: .little)).size
        }
        var joined = first
        joined.replaceSubrange(8..<16, with: bytes(of: UInt64(sizes[0] + sizes[1])))
        joined += second[24...]
        let header = try #require(CompressedSection(header: joined.span.bytes, byteOrder: .little))
        let result = try #require(header.decompressed(joined.span.bytes)).bytes.array
        let expected = try [".debug_info", ".debug_line"].flatMap {
            try #require(image.sectionBytes(named: $0)).bytes.array
        }
        #expect(result == expected)
    }

    @Test(arguments: ["zlib", "zstd"].filter(Chain.exists))
    func `refuses a size that is not that of the bytes`(variant: String) throws {
        let original = try section(".debug_info", of: try image(variant))
        let plain = try #require(
            CompressedSection(header: original.span.bytes, byteOrder: .little)?.size)
        for size in [UInt64(plain) - 1, UInt64(plain) + 1] {
            var damaged = original
            damaged.replaceSubrange(8..<16, with: bytes(of: size))
            let header = CompressedSection(header: damaged.span.bytes, byteOrder: .little)
            #expect(header?.decompressed(damaged.span.bytes) == nil)
        }
        for size in [CompressedSection.largestSize + 1, UInt64(1) << 62, .max] {
            var damaged = original
            damaged.replaceSubrange(8..<16, with: bytes(of: size))
            #expect(CompressedSection(header: damaged.span.bytes, byteOrder: .little) == nil)
        }
    }

    @Test(arguments: ["zlib", "zlib-gnu", "zstd"].filter(Chain.exists))
    func `survives every cut and flipped bits`(variant: String) throws {
        let isGNU = variant == "zlib-gnu"
        let original = try section(isGNU ? ".zdebug_info" : ".debug_info", of: try image(variant))
        func use(_ bytes: [UInt8]) -> Bool {
            let header =
                isGNU
                ? CompressedSection(gnu: bytes.span.bytes)
                : CompressedSection(header: bytes.span.bytes, byteOrder: .little)
            return header?.decompressed(bytes.span.bytes) != nil
        }
        #expect(use(original))
        for count in 0..<original.count - 8 { #expect(!use(Array(original.prefix(count)))) }
        var random = SplitMix(seed: 7)
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
