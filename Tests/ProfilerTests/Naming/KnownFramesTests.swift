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
        let bytes = FrameNames.encoded([frames[0].address: [Frame("kept")]], of: versions)
        cache.keep(bytes.span.bytes, of: key)
        let names = try Self.names(path, cache)
        #expect(names[0].map(\.name) == ["kept"])
        #expect(names[0].map(\.module) == ["program"])
        #expect(names[0][0].fileOffset != nil)
        #expect(names[1] == (try Self.names(path, nil))[1])
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
