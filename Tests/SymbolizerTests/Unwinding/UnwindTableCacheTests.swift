import Bytes
import Cache
import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// Tables as the cache keeps them.
@Suite struct UnwindTableCacheTests {
    /// Images with rules of all kinds; those of the system where they are.
    static let images = [
        "../unwinding/rules.so", "../unwinding/rules-no-sections.so", "../unwinding/liblinked.so",
        "/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libcrypto.so.3",
        "/lib64/ld-linux-x86-64.so.2",
    ]

    private static func image(_ name: String) throws -> ELFImage {
        name.hasPrefix("/")
            ? try ELFImage(path: FilePath(name)) : try Fixture.image(name)
    }

    private static func expectSame(_ table: UnwindTable?, _ other: UnwindTable) {
        #expect(table?.rules == other.rules)
        #expect(table?.rows.elementsEqual(other.rows) == true)
        #expect(table?.invalidEntries == other.invalidEntries)
    }

    @Test(arguments: images)
    func areReadAsTheyWereWritten(name: String) throws {
        let table = UnwindTable(of: try Self.image(name))
        #expect(!table.rows.isEmpty)
        Self.expectSame(UnwindTable(parsing: table.encoded.span.bytes), table)
    }

    /// Whatever its bytes are, a table has rows in order, each with a rule.
    @Test func areNothingElseWhereTheyAreDamaged() throws {
        let whole = UnwindTable(of: try Self.image("../unwinding/rules.so")).encoded
        for count in 0..<whole.count {
            #expect(UnwindTable(parsing: whole.span.bytes.extracting(0..<count)) == nil)
        }
        for index in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[index] ^= 1 << bit
                guard let table = UnwindTable(parsing: damaged.span.bytes) else { continue }
                #expect(
                    zip(table.rows, table.rows.dropFirst()).allSatisfy { $0.address < $1.address })
                #expect(table.rows.allSatisfy { Int($0.rule) < table.rules.count })
            }
        }
    }

    /// The second time a table is that of the cache, unless the file is another one by then.
    @Test func areTakenFromTheCache() throws {
        let directory = try ScratchDirectory()
        let cache = try DiskCache(at: FilePath(directory.file("cache")), for: nil)
        let path = try directory.write(try Fixture.bytes("../unwinding/rules.so"), to: "image")
        let image = try ELFImage(path: FilePath(path))
        let table = UnwindTable(of: image)
        Self.expectSame(UnwindTable(of: image, in: cache), table)
        Self.expectSame(UnwindTable(of: image, in: cache), table)

        // What is under its key is believed.
        let key = CacheKey(
            "unwind", of: try #require(image.file.version), buildID: image.buildID?.description)
        let other = UnwindTable(rows: [], rules: [UnwindRule(.endOfStack)])
        cache.keep(other.encoded.span.bytes, of: key)
        Self.expectSame(UnwindTable(of: image, in: cache), other)
        // But for no other file with the same build ID.
        let copy = try directory.write(try Fixture.bytes("../unwinding/rules.so"), to: "copy")
        Self.expectSame(UnwindTable(of: try ELFImage(path: FilePath(copy)), in: cache), table)
        // What is no table is not.
        let nonsense: [UInt8] = [1, 2, 3]
        cache.keep(nonsense.span.bytes, of: key)
        Self.expectSame(UnwindTable(of: image, in: cache), table)
    }
}
