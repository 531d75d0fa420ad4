import Bytes
import Cache
import Glibc
import Report
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

/// Names that are kept from one run to the next.
@Suite struct KnownFramesTests {
    private static func cache(_ directory: borrowing ScratchDirectory) throws -> DiskCache {
        try DiskCache(at: FilePath(directory.path), for: nil)
    }

    /// A frame in the middle of each of the first functions.
    private static func frames(of path: String) throws -> [ImageFrame] {
        let loaded = try ImageCache().image(at: FilePath(path))
        let image = RecordedImages.Image(loaded: loaded, path: "/a/program")
        return loaded.functions.prefix(200).map { function in
            let address = Address(function.address.rawValue + function.size / 2)
            return ImageFrame(
                frame: StackFrame(.image(ImageNumber(1), address)), address: address, image: image)
        }
    }

    private static func names(
        _ path: String, _ cache: DiskCache?, withInlines: Bool = true
    ) throws -> [[Frame]] {
        let known = KnownFrames(withInlines: withInlines, cache: cache)
        let names = try frames(of: path).map { known.frames(of: $0) }
        known.keep()
        return names
    }

    @Test(arguments: [true, false])
    func areTheSameTheSecondTime(withInlines: Bool) throws {
        let directory = try ScratchDirectory()
        let cache = try Self.cache(directory)
        let path = try TestTarget("kvstore").path
        let fresh = try Self.names(path, nil, withInlines: withInlines)
        #expect(fresh.count > 50)
        #expect(fresh.joined().contains(where: \.isInlined) == withInlines)
        #expect(try Self.names(path, cache, withInlines: withInlines) == fresh)
        let kind = withInlines ? "frames-" : "functions-"
        let files = try directory.names()
        #expect(files.count { $0.contains(kind) } == 1)
        #expect(try Self.names(path, cache, withInlines: withInlines) == fresh)
        // With and without inlined functions, they are not the same.
        let others = try Self.names(path, nil, withInlines: !withInlines)
        #expect(try Self.names(path, cache, withInlines: !withInlines) == others)
    }

    /// What is kept is believed, so that the debugging information need not be opened.
    @Test func areThoseOfTheCache() throws {
        let directory = try ScratchDirectory()
        let cache = try Self.cache(directory)
        let path = try TestTarget("kvstore").path
        let frames = try Self.frames(of: path)
        let loaded = try #require(frames[0].image.loaded)
        let key = try #require(loaded.image.cacheKey(of: "frames"))
        let versions = try #require(loaded.debugFileVersions)
        let address = frames[0].address.rawValue
        let bytes = FrameNames.encoded(
            [(address..<address + 1, [Frame("kept")])], after: nil, of: versions)
        cache.keep(bytes.span.bytes, of: key)
        let names = try Self.names(path, cache)
        #expect(names[0].map(\.name) == ["kept"])
        #expect(names[0].map(\.module) == ["program"])
        #expect(names[0][0].fileOffset != nil)
        #expect(names[1] == (try Self.names(path, nil))[1])
    }

    /// Where two places in a function have been asked for, the rest of it is looked up: the next run has
    /// all of it.
    @Test(arguments: [true, false])
    func areThoseOfWholeFunctions(withInlines: Bool) throws {
        let directory = try ScratchDirectory()
        let cache = try Self.cache(directory)
        let loaded = try ImageCache().image(at: FilePath(TestTarget("kvstore").path))
        let key = try #require(loaded.image.cacheKey(of: withInlines ? "frames" : "functions"))
        let versions = try #require(loaded.debugFileVersions)
        let image = RecordedImages.Image(loaded: loaded, path: "/a/program")
        func frame(_ address: UInt64) -> ImageFrame {
            ImageFrame(
                frame: StackFrame(.image(ImageNumber(1), Address(address))),
                address: Address(address), image: image)
        }
        let functions = loaded.functions.filter { $0.size > 200 }.prefix(20)
        #expect(functions.count > 10)
        for (run, place) in [(1, 0.3), (2, 0.6)] {
            let known = KnownFrames(withInlines: withInlines, cache: cache)
            for function in functions {
                let offset = UInt64(Double(function.size) * place)
                _ = known.frames(of: frame(function.address.rawValue + offset))
            }
            known.keep()
            let names = try #require(cache.bytes(of: key).flatMap { FrameNames($0, of: versions) })
            let places = functions.flatMap {
                $0.address.rawValue..<$0.address.rawValue + $0.size
            }
            let found = places.filter { names.index(at: $0) != nil }
            #expect(run == 1 ? found.count < places.count / 2 : found.count > places.count * 9 / 10)
            // From the cache alone, as they would be looked up.
            let fresh = KnownFrames(withInlines: withInlines, cache: cache)
            for place in found {
                #expect(
                    fresh.frames(of: frame(place)) == frame(place).named(withInlines: withInlines))
            }
        }
    }

    /// With one stub of the linkage tables, all others are known.
    @Test func areThoseOfAllStubs() throws {
        let directory = try ScratchDirectory()
        let cache = try Self.cache(directory)
        let loaded = try ImageCache().image(at: FilePath(TestTarget("kvstore").path))
        let key = try #require(loaded.image.cacheKey(of: "frames"))
        let versions = try #require(loaded.debugFileVersions)
        let image = RecordedImages.Image(loaded: loaded, path: "/a/program")
        let stubs = loaded.linkageTables.addresses
        #expect(stubs.count > 20)
        let known = KnownFrames(withInlines: true, cache: cache)
        let place = Address(stubs[7].rawValue + 4)
        _ = known.frames(
            of: ImageFrame(
                frame: StackFrame(.image(ImageNumber(1), place)), address: place, image: image))
        known.keep()
        let names = try #require(cache.bytes(of: key).flatMap { FrameNames($0, of: versions) })
        for stub in stubs {
            let function = try #require(loaded.linkageTables.lookup(stub))
            for place in [stub.rawValue, stub.rawValue + function.size - 1] {
                let index = try #require(names.index(at: place), "\(function.name)")
                let expected = loaded.frames(at: Address(place), withInlines: true)
                #expect(names.frames(index) == expected.frames)
                #expect(expected.frames.map(\.name).first?.hasSuffix("@plt") == true)
            }
        }
    }

    /// What nobody has asked for is looked up within limits.
    @Test(arguments: [0, 25, 1000])
    func areNotLookedUpAheadForEver(mostAhead: Int) throws {
        let directory = try ScratchDirectory()
        let cache = try Self.cache(directory)
        let loaded = try ImageCache().image(at: FilePath(TestTarget("kvstore").path))
        let key = try #require(loaded.image.cacheKey(of: "frames"))
        let versions = try #require(loaded.debugFileVersions)
        var image = KnownImage(loaded, withInlines: true, cache: cache, mostAhead: mostAhead)
        let functions = loaded.functions.filter { $0.size > 200 }.prefix(20)
        for function in functions {
            for part: UInt64 in [4, 2] {
                _ = image.frames(at: Address(function.address.rawValue + function.size / part))
            }
        }
        image.keep(in: cache)
        let names = try #require(cache.bytes(of: key).flatMap { FrameNames($0, of: versions) })
        #expect(names.count <= 2 * functions.count + mostAhead)
        #expect(names.count >= functions.count + mostAhead / 4)
    }

    /// A debug file that was installed in between is used.
    @Test func areLookedUpAgainWithAnotherDebugFile() throws {
        let (directory, kept) = (try ScratchDirectory(), try ScratchDirectory())
        let cache = try Self.cache(kept)
        let debugFile = "program.debug"
        for file in ["program", debugFile] {
            let source = "\(TestTarget.buildDirectory)/debug-files/link-beside/\(file)"
            let contents = try MappedFile(path: FilePath(source))
            try directory.write(contents.bytes.array, to: file)
        }
        let path = directory.file("program")
        let withLines = try Self.names(path, cache)
        #expect(withLines.joined().contains { $0.line > 0 })
        #expect(try Self.names(path, cache) == withLines)

        rename(directory.file(debugFile), directory.file("elsewhere"))
        let without = try Self.names(path, cache)
        #expect(!without.joined().contains { $0.line > 0 })
        rename(directory.file("elsewhere"), directory.file(debugFile))
        #expect(try Self.names(path, cache) == withLines)
    }
}
