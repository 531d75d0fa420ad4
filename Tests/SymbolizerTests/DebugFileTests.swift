import Glibc
import SystemPackage
import Testing

@testable import Symbolizer

/// Debug information that is compressed, or in another file.
@Suite struct DebugFileTests {
    struct Variant: CustomTestStringConvertible {
        var name: String
        /// What is to be added to the addresses of the file with all symbols.
        var distance: UInt64 = 0
        /// A directory of debug files, below that of the variant.
        var debugDirectory: String?
        /// Why there are no lines, where there are none.
        var reason: String?

        var testDescription: String { name }
    }

    private func location(in variant: Variant) throws -> CodeLocation {
        let directory = Chain.directory(variant.name)
        let search = DebugFileSearch(
            directories: variant.debugDirectory.map { [directory.appending($0)] } ?? [])
        let cache = ImageCache(search: search)
        let image = try cache.image(at: directory.appending("program"))
        let point = try Chain.point(of: variant.name)
        return image.location(of: Address(point.rawValue + variant.distance))
    }

    @Test(
        arguments: [
            Variant(name: "zlib"),
            Variant(name: "zlib-gnu"),
            Variant(name: "zstd"),
            Variant(name: "link-beside"),
            Variant(name: "link-subdirectory"),
            Variant(name: "link-no-build-id"),
            Variant(name: "build-id", debugDirectory: "debug"),
            Variant(name: "moved", distance: 0x10000),
            Variant(name: "dwz"),
            Variant(name: "dwz-link", debugDirectory: "debug"),
            Variant(name: "dwz-build-id", debugDirectory: "debug"),
            Variant(name: "object"),
            Variant(name: "lld"),
        ].filter { Chain.exists($0.name) })
    func `finds the whole chain`(variant: Variant) throws {
        let location = try location(in: variant)
        #expect(Chain.found(location) == (try Chain.expected()))
        #expect(location.frames.map(\.isInlined) == [true, true, false])
        #expect(location.unknownName == nil)
        #expect(location.unknownLine == nil)
    }

    @Test(
        arguments: [
            Variant(name: "stripped", reason: "debug file not found (build ID"),
            Variant(name: "build-id", reason: "debug file not found (build ID"),
            Variant(name: "link-wrong", reason: "its checksum is another one"),
            Variant(name: "link-itself", reason: "the image itself, named as its debug file"),
            Variant(name: "link-symbols-only", reason: "no debug information in the debug file"),
            Variant(name: "minidebug", reason: "debug file not found (build ID"),
            Variant(name: "no-sections", reason: "debug file not found (build ID"),
        ].filter { Chain.exists($0.name) })
    func `names the function and says why it has no line`(variant: Variant) throws {
        let location = try location(in: variant)
        #expect(Chain.found(location) == ["outer"])
        #expect(location.unknownName == nil)
        let reason = try #require(location.unknownLine)
        #expect(reason.description.contains(try #require(variant.reason)), "\(reason)")
    }

    @Test(.enabled(if: Chain.exists("dwz-missing"), "dwz is not installed"))
    func `says that what dwz moved elsewhere is missing`() throws {
        let cache = ImageCache()
        let image = try cache.image(at: Chain.directory("dwz-missing").appending("program"))
        #expect(
            image.debugFiles.problems.contains {
                $0.description.contains("file of common debug information not found")
            })
        let location = image.location(of: try Chain.point(of: "dwz-missing"))
        #expect(location.frames.last?.name == "outer")
    }

    /// The directory of debug files has that of a program under the whole path of the program's.
    @Test func `looks under the path of the image in a directory of debug files`() throws {
        let scratch = "/tmp/uprof-test-tree-\(getpid())"
        let program = try directoryOfProgram("link-beside", at: "\(scratch)/bin")
        defer { _ = try? Fixture.output("rm -rf \(scratch)") }
        _ = try Fixture.output(
            "mkdir -p \(scratch)/debug\(scratch)/bin && "
                + "mv \(scratch)/bin/program.debug \(scratch)/debug\(scratch)/bin/")
        let search = DebugFileSearch(directories: [FilePath("\(scratch)/debug")])
        let image = try ImageCache(search: search).image(at: program)
        let location = image.location(of: try Chain.point(of: "link-beside"))
        #expect(Chain.found(location) == (try Chain.expected()))
    }

    /// Through a symbolic link to the program, the debug file beside the program itself.
    @Test func `looks beside the file a link leads to`() throws {
        let scratch = "/tmp/uprof-test-link-\(getpid())"
        let program = try directoryOfProgram("link-beside", at: "\(scratch)/bin")
        defer { _ = try? Fixture.output("rm -rf \(scratch)") }
        _ = try Fixture.output("ln -s \(program) \(scratch)/link")
        let image = try ImageCache().image(at: FilePath("\(scratch)/link"))
        let location = image.location(of: try Chain.point(of: "link-beside"))
        #expect(Chain.found(location) == (try Chain.expected()))
    }

    private func directoryOfProgram(_ variant: String, at path: String) throws -> FilePath {
        _ = try Fixture.output("mkdir -p \(path) && cp \(Chain.directory(variant))/* \(path)")
        return FilePath(path).appending("program")
    }

    @Test(.enabled(if: Chain.exists("lld"), "lld is not installed"))
    func `takes offsets in a file whose addresses differ`() throws {
        let image = try ImageCache().image(at: Chain.directory("lld").appending("program"))
        let point = try Chain.point(of: "lld")
        let offset = try #require(image.image.fileOffset(of: point))
        #expect(offset.rawValue != point.rawValue)
        #expect(Chain.found(image.location(of: offset)) == (try Chain.expected()))
    }

    @Test func `without inlined functions, the line is that of the code`() throws {
        let image = try ImageCache().image(at: Chain.directory("zlib").appending("program"))
        let location = image.location(of: try Chain.point(of: "zlib"), inlines: false)
        let line = try #require(try Chain.expected().first?.split(separator: " ").last)
        #expect(Chain.found(location) == ["outer \(line)"])
    }

    @Test func `shares equal images of different paths, and not stripped ones`() throws {
        let cache = ImageCache()
        let first = try cache.image(at: Chain.directory("zlib").appending("truth"))
        let second = try cache.image(at: Chain.directory("build-id").appending("truth"))
        let stripped = try cache.image(at: Chain.directory("build-id").appending("program"))
        #expect(first === second)
        #expect(first !== stripped)
        #expect(first.image.buildID == stripped.image.buildID)
    }
}
