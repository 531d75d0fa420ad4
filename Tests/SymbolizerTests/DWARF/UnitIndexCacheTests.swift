import Bytes
import Cache
import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// Where the code of units is, as the cache keeps it.
@Suite struct UnitIndexCacheTests {
    private static func index(
        of image: ELFImage, in cache: DiskCache?
    ) -> (file: DebugFile, index: UnitIndex) {
        let file = DebugFile(image)
        let code = CodeRanges(image.codeRanges)
        return (file, UnitIndex(of: file, code: code, as: image.cacheKey(of: "units"), in: cache))
    }

    /// The units found at each place where one begins or ends.
    private static func units(_ index: UnitIndex) -> [[UInt64]] {
        index.entries.flatMap { [$0.start, $0.end &- 1, $0.end] }.map { address in
            var found: [UInt64] = []
            var extent = Range.everywhere
            _ = index.first(at: address, &extent) { unit, _ -> Bool? in
                found.append(unit.header.offset)
                return nil
            }
            return found
        }
    }

    @Test(arguments: DebugInformationTests.programs)
    func findsTheSameUnits(program: ChainProgram) throws {
        let directory = try ScratchDirectory()
        let cache = try DiskCache(at: FilePath(directory.file("cache")), for: nil)
        let image = try program.image()
        let fresh = Self.index(of: image, in: nil).index
        #expect(!fresh.entries.isEmpty)
        for _ in 0..<2 {
            let (file, index) = Self.index(of: image, in: cache)
            #expect(index.entries == fresh.entries)
            #expect(index.hasSplitUnits == fresh.hasSplitUnits)
            let isSplit = program.name.contains("-dwo-") || program.name.contains("-dwp-")
            #expect(index.hasSplitUnits == isSplit)
            #expect(Self.units(index) == Self.units(fresh))
            withExtendedLifetime(file) {}
        }
    }

    @Test func isNothingElseWhereItIsDamaged() throws {
        let contents = UnitIndexContents(
            entries: [
                .init(start: 0x1000, end: 0x3000, unit: 0, reach: 0x3000),
                .init(start: 0x2000, end: 0x2100, unit: 0x40, reach: 0x3000),
            ], hasSplitUnits: true)
        let whole = contents.encoded
        #expect(UnitIndexContents(parsing: whole.span.bytes) == contents)
        for count in whole.indices {
            #expect(UnitIndexContents(parsing: whole.span.bytes.extracting(0..<count)) == nil)
        }
        for index in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[index] ^= 1 << bit
                guard let read = UnitIndexContents(parsing: damaged.span.bytes) else { continue }
                #expect(read.entries.map(\.start).sorted() == read.entries.map(\.start))
            }
        }
    }

    /// A unit that is not where the cache says is none.
    @Test func mayPointAnywhere() throws {
        let directory = try ScratchDirectory()
        let cache = try DiskCache(at: FilePath(directory.file("cache")), for: nil)
        let image = try #require(DebugInformationTests.programs.first).image()
        let contents = UnitIndexContents(
            entries: [0, 1, 0x20, 1 << 20, .max].map {
                .init(start: 0x1000, end: 0x2000, unit: $0)
            }, hasSplitUnits: false)
        cache.keep(contents.encoded.span.bytes, of: try #require(image.cacheKey(of: "units")))
        let (file, index) = Self.index(of: image, in: cache)
        #expect(index.entries.count == 5)
        var extent = Range.everywhere
        _ = index.first(at: 0x1800, &extent) { unit, extent -> Bool? in
            _ = unit.functions.index(at: 0x1800, &extent)
            return nil
        }
        withExtendedLifetime(file) {}
    }
}
