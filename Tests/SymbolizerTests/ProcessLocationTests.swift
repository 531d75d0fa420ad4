import Glibc
import SystemPackage
import Testing

@testable import Symbolizer

/// Lines of processes whose files are hard to reach.
@Suite struct ProcessLocationTests {
    /// A program that waits for ever where the chain is, so that its address is known; its debug
    /// file lies beside it.
    private static let source = """
        #include <unistd.h>
        volatile int sink;
        static inline __attribute__((always_inline)) void leaf(int x)
        {
            sink = x; /* line 5 */
        }
        __attribute__((noinline)) void outer(int x) { sink++; leaf(x + 1); sink++; }
        int main(int argc, char **argv) { (void)argv; outer(argc); pause(); }
        """

    /// Builds the program into a directory: `program`, `program.debug` beside it, and `truth`.
    private func build(in directory: String) throws {
        _ = try Fixture.output(
            """
            mkdir -p \(directory) && cd \(directory) && cat > p.c <<'END'
            \(Self.source)
            END
            gcc -O2 -g -Wl,--build-id=none -o truth p.c && objcopy --only-keep-debug truth program.debug &&
            cp truth program && strip program && objcopy --add-gnu-debuglink=program.debug program
            """)
    }

    /// The address in the process of the first byte of `outer`, by the file with all symbols.
    private func addresses(
        of snapshot: ProcessSnapshot, truth: String, path: String
    ) throws -> [Address] {
        let image = try ELFImage(path: FilePath(truth))
        let outer = try #require(
            FunctionCatalog(of: image).functions(named: "outer").first)
        let mapped = try #require(snapshot.images.first { $0.path == path })
        let mapping = try #require(mapped.mappings.first)
        let bias = try #require(mapped.loadBias(of: image, in: mapping))
        return (0..<outer.size).map { Address(outer.address.rawValue &+ $0 &+ bias) }
    }

    private func expectChain(
        _ symbolizer: Symbolizer, _ addresses: [Address], _ snapshot: ProcessSnapshot
    ) {
        let found = addresses.map { Chain.found(symbolizer.location(of: $0, in: snapshot)) }
        #expect(found.contains(["leaf p.c:5", "outer p.c:7"]), "\(found)")
    }

    private func snapshot(of child: Child, running path: String) throws -> ProcessSnapshot {
        var snapshot: ProcessSnapshot?
        for _ in 0..<250 where snapshot?.process.executable != path {
            usleep(20_000)
            snapshot = try? ProcessSnapshot(of: child.id)
        }
        return try #require(snapshot)
    }

    @Test(arguments: [false, true])
    func `has lines of a program that was deleted or replaced`(isReplaced: Bool) throws {
        let directory = "/tmp/uprof-test-gone-\(getpid())-\(isReplaced)"
        defer { _ = try? Fixture.output("rm -rf \(directory)") }
        try build(in: directory)
        let path = directory + "/program"
        let child = try #require(Child(path, []))
        _ = try snapshot(of: child, running: path)
        unlink(path)
        if isReplaced { _ = try Fixture.output("cp /bin/true \(path)") }
        let snapshot = try ProcessSnapshot(of: child.id)
        let addresses = try addresses(of: snapshot, truth: directory + "/truth", path: path)
        expectChain(Symbolizer(), addresses, snapshot)
    }

    @Test func `has lines of a process that has exited, whose files are gone`() throws {
        let directory = "/tmp/uprof-test-exited-\(getpid())"
        defer { _ = try? Fixture.output("rm -rf \(directory)") }
        try build(in: directory)
        let path = directory + "/program"
        let child = try #require(Child(path, []))
        let snapshot = try snapshot(of: child, running: path)
        let symbolizer = Symbolizer()
        symbolizer.load(snapshot)
        let addresses = try addresses(of: snapshot, truth: directory + "/truth", path: path)
        child.reap()
        _ = try Fixture.output("rm -rf \(directory)")
        expectChain(symbolizer, addresses, snapshot)
    }

    /// The debug file is where only the process sees it.
    @Test(.enabled(if: SymbolizerTests.canUnshare, "no privilege to make a mount namespace"))
    func `has lines of a process in another mount namespace`() throws {
        let directory = "/tmp/uprof-test-namespace-\(getpid())"
        defer { _ = try? Fixture.output("rm -rf \(directory)") }
        try build(in: directory)
        let script =
            "mount -t tmpfs none /mnt && mkdir /mnt/.debug && cp \(directory)/program /mnt/ && "
            + "cp \(directory)/program.debug /mnt/.debug/ && exec /mnt/program"
        let child = try #require(Child("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script]))
        let snapshot = try snapshot(of: child, running: "/mnt/program")
        let addresses = try addresses(
            of: snapshot, truth: directory + "/truth", path: "/mnt/program")
        expectChain(Symbolizer(), addresses, snapshot)
    }
}
