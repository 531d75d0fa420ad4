import Glibc
import SystemPackage
import Testing

@testable import Symbolizer

@Suite struct SymbolizerTests {
    private func runtimeAddress(_ name: String) throws -> Address {
        let pointer = try #require(dlsym(nil, name))
        return Address(UInt64(UInt(bitPattern: pointer)))
    }

    @Test(arguments: ["getpid", "strfry", "getppid"])
    func `names functions of this process`(name: String) throws {
        let snapshot = try ProcessSnapshot(of: ProcessID(getpid()))
        let address = try runtimeAddress(name)
        let frame = Symbolizer().frame(for: address, in: snapshot)
        #expect(frame.module == "libc.so.6")
        guard case .function(let function, let offset) = frame.name else {
            Issue.record("\(frame)")
            return
        }
        #expect(([function.name] + function.aliases).contains(name))
        #expect(offset == 0)
        let (image, fileOffset) = try #require(snapshot.location(of: address))
        #expect(function.fileOffset == fileOffset)
        #expect(image.name == "libc.so.6")
    }

    @Test func `the load bias leads from the image to the process`() throws {
        let snapshot = try ProcessSnapshot(of: ProcessID(getpid()))
        let address = try runtimeAddress("getpid")
        let (mapped, offset) = try #require(snapshot.location(of: address))
        let image = try ELFImage(path: try #require(mapped.openPath))
        let mapping = try #require(mapped.mappings.first { $0.contains(address) })
        let bias = try #require(mapped.loadBias(of: image, in: mapping))
        #expect(image.address(of: offset).map { $0.rawValue &+ bias } == address.rawValue)
    }

    @Test func `tells why an address has no name`() throws {
        let snapshot = try ProcessSnapshot(of: ProcessID(getpid()))
        let frame = Symbolizer().frame(for: Address(8), in: snapshot)
        #expect(frame.name == .unknown(.notMapped))
        #expect(frame.functionName == "[unknown]")
        #expect(frame.description == "0x8 (not mapped)")
    }

    @Test func `names a process that has exited`() throws {
        let child = try #require(Child("/bin/sleep", ["60"]))
        usleep(50_000)
        let snapshot = try ProcessSnapshot(of: child.id)
        let symbolizer = Symbolizer()
        symbolizer.load(snapshot)
        child.reap()
        let libc = try #require(snapshot.images.first { $0.name == "libc.so.6" })
        let mapping = try #require(libc.mappings.first)
        let catalog = FunctionCatalog(of: try ELFImage(path: FilePath(libc.path)))
        let offset = try #require(catalog.functions(named: "malloc").first?.fileOffset)
        let address = Address(
            mapping.start.rawValue + offset.rawValue - mapping.offset.rawValue)
        #expect(symbolizer.frame(for: address, in: snapshot).functionName == "malloc")
    }

    @Test(arguments: [true, false])
    func `reaches the file that runs, though it was deleted or replaced`(isReplaced: Bool) throws {
        let path = "/tmp/uprof-test-\(getpid())-\(isReplaced)"
        _ = try Fixture.output("cp /bin/sleep \(path)")
        defer { unlink(path) }
        let child = try #require(Child(path, ["60"]))
        usleep(50_000)
        unlink(path)
        if isReplaced { _ = try Fixture.output("cp /bin/true \(path)") }
        let snapshot = try ProcessSnapshot(of: child.id)
        #expect(snapshot.process.executable == path)
        #expect(snapshot.process.isExecutableDeleted)
        let image = try #require(snapshot.images.first { $0.path == path })
        #expect(image.isDeleted)
        let opened = try ELFImage(path: try #require(image.openPath))
        #expect(opened.buildID == (try ELFImage(path: "/bin/sleep")).buildID)
    }

    /// Whether this user may make mount namespaces.
    static let canUnshare =
        (try? Fixture.output("unshare -m echo yes 2>/dev/null")) == "yes\n"

    @Test(.enabled(if: canUnshare, "no privilege to make a mount namespace"))
    func `reaches the files of another mount namespace`() throws {
        let script = "mount -t tmpfs none /mnt && cp /bin/sleep /mnt/other && exec /mnt/other 60"
        let child = try #require(Child("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script]))
        var snapshot: ProcessSnapshot?
        for _ in 0..<100 where snapshot?.process.executable != "/mnt/other" {
            usleep(20_000)
            snapshot = try? ProcessSnapshot(of: child.id)
        }
        let image = try #require(snapshot?.images.first { $0.path == "/mnt/other" })
        #expect(image.openPath == FilePath("/proc/\(child.id)/root/mnt/other"))
        let opened = try ELFImage(path: try #require(image.openPath))
        #expect(opened.buildID == (try ELFImage(path: "/bin/sleep")).buildID)
    }

    @Test func `opens an image once, and again when it has changed`() throws {
        let path = "/tmp/uprof-test-\(getpid())-cache"
        _ = try Fixture.output("cp /bin/sleep \(path)")
        defer { unlink(path) }
        let cache = ImageCache()
        let first = try cache.image(at: FilePath(path))
        #expect(try cache.image(at: FilePath(path)) === first)
        _ = try Fixture.output("cp /bin/true \(path).new && mv \(path).new \(path)")
        let second = try cache.image(at: FilePath(path))
        #expect(second !== first)
        #expect(second.image.buildID != first.image.buildID)
    }

    @Test func `places in a file have names without a process`() throws {
        let image = try ImageCache().image(at: Fixture.path("lld"))
        let main = try #require(image.functions.functions(named: "main").first)
        let frame = Symbolizer().frame(for: try #require(main.fileOffset), in: image)
        #expect(frame.functionName == "main")
        #expect(frame.address == main.address)
        #expect(frame.module == "lld")
    }
}
