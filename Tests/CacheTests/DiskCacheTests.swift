import Bytes
import Cache
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite struct DiskCacheTests {
    private let scratch: ScratchDirectory
    private let path: FilePath

    init() throws {
        scratch = try ScratchDirectory()
        path = FilePath(scratch.path)
    }

    private static func key(_ source: String) -> CacheKey { CacheKey("test", of: source) }

    private func cache(capacity: Int = DiskCache.usualCapacity) throws -> DiskCache {
        try DiskCache(at: path, for: FileVersion(path: "/proc/self/exe"), capacity: capacity)
    }

    private func files() throws -> [String] {
        try scratch.names()
    }

    /// What one run has kept, the next one finds, whole and aligned.
    @Test func keepsBytes() throws {
        let contents: [UInt8] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try cache().keep(contents.span.bytes, of: Self.key("a"))
        let found = try #require(try cache().bytes(of: Self.key("a")))
        #expect(found.bytes.array == contents)
        #expect(found.range.lowerBound % 16 == 0)
        #expect(try cache().bytes(of: Self.key("b")) == nil)
    }

    @Test func keepsNothingToo() throws {
        let nothing: [UInt8] = []
        try cache().keep(nothing.span.bytes, of: Self.key("a"))
        #expect(try cache().bytes(of: Self.key("a"))?.range.isEmpty == true)
    }

    /// Another version of the program has other files.
    @Test func dependsOnTheProgram() throws {
        let contents: [UInt8] = [1, 2, 3]
        try cache().keep(contents.span.bytes, of: Self.key("a"))
        let other = try DiskCache(at: path, for: FileVersion(path: "/bin/sh"))
        #expect(other.bytes(of: Self.key("a")) == nil)
    }

    /// A file that was cut off anywhere, or has a wrong bit, counts as not there, and is removed.
    @Test func believesNothingDamaged() throws {
        let contents: [UInt8] = (0..<200).map { UInt8($0) }
        let cache = try cache()
        cache.keep(contents.span.bytes, of: Self.key("a"))
        let file = try #require(try files().first)
        let whole = try scratch.bytes(of: file)
        for count in 0..<whole.count {
            try scratch.write(Array(whole.prefix(count)), to: file)
            #expect(cache.bytes(of: Self.key("a")) == nil, "cut off after \(count)")
            #expect(try files().isEmpty)
        }
        // The rest of the header is not used.
        let checked = Array(0..<20) + Array(64..<whole.count)
        for index in checked {
            var damaged = whole
            damaged[index] ^= 1 << (index % 8)
            try scratch.write(damaged, to: file)
            #expect(cache.bytes(of: Self.key("a")) == nil, "bit of byte \(index)")
        }
    }

    /// What was used longest ago goes first, and one file alone cannot fill the cache.
    @Test func dropsWhatIsOld() throws {
        let contents = [UInt8](repeating: 1, count: 1000)
        for name in 0..<8 {
            try cache().keep(contents.span.bytes, of: Self.key("\(name)"))
            let times = [timespec](
                repeating: timespec(tv_sec: 1_000_000 + name, tv_nsec: 0), count: 2)
            for file in try files() where file.contains("-\(name).") {
                utimensat(AT_FDCWD, scratch.file(file), times, 0)
            }
        }
        try scratch.write([UInt8](repeating: 1, count: 100_000), to: "thesis.txt")
        utimensat(
            AT_FDCWD, scratch.file("thesis.txt"),
            [timespec](repeating: timespec(tv_sec: 1, tv_nsec: 0), count: 2), 0)
        // Finding it is using it.
        #expect(try cache().bytes(of: Self.key("0")) != nil)
        try cache(capacity: 6 * 1064).keep(contents.span.bytes, of: Self.key("8"))
        let kept = try files()
        #expect(kept.count == 5, "\(kept)")
        for name in ["0", "6", "7", "8"] {
            #expect(kept.contains { $0.contains("-\(name).") }, "\(kept)")
        }
        // What is not the cache's stays, however large and old it is.
        #expect(kept.contains("thesis.txt"))
        try cache(capacity: 3000).keep(contents.span.bytes, of: Self.key("large"))
        #expect(try cache().bytes(of: Self.key("large")) == nil)
    }

    /// A directory that others can write to is not believed.
    @Test func refusesADirectoryOfOthers() throws {
        chmod(path.string, 0o777)
        #expect(throws: CacheError.self) { _ = try cache() }
        chmod(path.string, 0o700)
        #expect(throws: Never.self) { _ = try cache() }
        #expect(throws: CacheError.self) {
            _ = try DiskCache(at: "/proc/no/such/directory", for: nil)
        }
    }

    /// A key is the very file: one with the same build ID is another one.
    @Test func tellsFilesApart() throws {
        let paths = try ["a", "b"].map { try scratch.write([1, 2, 3], to: $0) }
        let versions = try paths.map { try #require(FileVersion(path: FilePath($0))) }
        let keys = versions.map { CacheKey("test", of: $0, buildID: "0123") }
        #expect(keys[0] != keys[1])
        #expect(CacheKey("test", of: versions[0], buildID: "0123", part: 1) != keys[0])
        #expect(keys[0] == CacheKey("test", of: versions[0], buildID: "0123"))
    }
}
