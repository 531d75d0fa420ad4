import Glibc
import SystemPackage
import Testing

@testable import Symbolizer

/// Code of a running process that is in no file.
@Suite struct GeneratedCodeTests {
    @Test func `the vDSO is read from memory`() throws {
        let snapshot = try ProcessSnapshot(of: ProcessID(getpid()))
        let mapping = try #require(snapshot.vdso)
        let image = try #require(snapshot.readVDSO())
        let catalog = FunctionCatalog(of: image)
        let clock = try #require(catalog.functions(named: "__vdso_clock_gettime").first)
        let symbolizer = Symbolizer()
        let address = Address(mapping.start.rawValue + clock.address.rawValue)
        let frame = symbolizer.frame(for: address, in: snapshot)
        #expect(frame.module == "[vdso]")
        guard case .function(let function, 0) = frame.name else {
            Issue.record("\(frame)")
            return
        }
        let names = [function.name] + function.aliases
        #expect(Set(names) == ["__vdso_clock_gettime", "clock_gettime"])
        #expect(symbolizer.vdso(of: snapshot)?.segments.isEmpty == false)
    }

    /// The vDSO of an exited process, named from what was read while it lived.
    @Test func `the vDSO outlives its process`() throws {
        let child = try #require(Child("/bin/sleep", ["60"]))
        usleep(50_000)
        let snapshot = try ProcessSnapshot(of: child.id)
        let symbolizer = Symbolizer()
        symbolizer.load(snapshot)
        let clock = try #require(
            symbolizer.vdso(of: snapshot).flatMap {
                FunctionCatalog(of: $0).functions(named: "__vdso_time").first
            })
        child.reap()
        let start = try #require(snapshot.vdso).start.rawValue
        let frame = symbolizer.frame(for: Address(start + clock.address.rawValue), in: snapshot)
        #expect(["__vdso_time", "time"].contains(frame.functionName))
    }

    /// A child, its snapshot, and an address in memory of it that no file is behind.
    private func sleeper() throws -> (Child, ProcessSnapshot, Address) {
        let child = try #require(Child("/bin/sleep", ["60"]))
        usleep(50_000)
        let snapshot = try ProcessSnapshot(of: child.id)
        let memory = try #require(
            snapshot.mappings.first { [.anonymous, .heap, .stack].contains($0.kind) })
        return (child, snapshot, memory.start)
    }

    private func write(_ text: String, to path: String, append: Bool = false) throws {
        let descriptor = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: append ? [.append] : [.create, .truncate],
            permissions: .ownerReadWrite)
        try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
    }

    @Test func `names generated code, and what is generated later`() throws {
        let (child, snapshot, address) = try sleeper()
        let path = "/tmp/perf-\(child.id).map"
        defer { unlink(path) }
        let symbolizer = Symbolizer()
        symbolizer.load(snapshot)
        #expect(symbolizer.frame(for: address, in: snapshot).name == .unknown(.noFile))

        let start = String(address.rawValue, radix: 16)
        try write("\(start) 10 run loop\n", to: path)
        let frame = symbolizer.frame(for: address, in: snapshot)
        #expect(frame.description == "run loop+0x0 in [jit]")
        guard case .function(let function, _) = frame.name else { return }
        #expect(function.source.isJIT)

        let next = Address(address.rawValue + 0x20)
        #expect(symbolizer.frame(for: next, in: snapshot).functionName == "[unknown]")
        let added = String(next.rawValue, radix: 16)
        try write("\(added) 10 later\n\(start) 10 again\n", to: path, append: true)
        #expect(symbolizer.frame(for: next, in: snapshot).functionName == "later")
        #expect(symbolizer.frame(for: address, in: snapshot).functionName == "again")

        // Another run of the compiler, as after an exec.
        try write("\(added) 8 fresh\n", to: path)
        symbolizer.load(snapshot)
        #expect(symbolizer.frame(for: next, in: snapshot).functionName == "fresh")
        #expect(symbolizer.frame(for: address, in: snapshot).functionName == "[unknown]")
        child.reap()
        #expect(symbolizer.frame(for: next, in: snapshot).functionName == "fresh")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `a map of another user is not trusted`() throws {
        let (child, snapshot, address) = try sleeper()
        let path = "/tmp/perf-\(child.id).map"
        defer { unlink(path) }
        try write("\(String(address.rawValue, radix: 16)) 10 evil\n", to: path)
        chown(path, 4242, 4242)
        let frame = Symbolizer().frame(for: address, in: snapshot)
        #expect(frame.functionName == "[unknown]")
        #expect(frame.description.contains("belongs to user 4242"))
    }

    @Test(arguments: ["link", "old"])
    func `a map of doubtful origin is not trusted`(kind: String) throws {
        let (child, snapshot, address) = try sleeper()
        let path = "/tmp/perf-\(child.id).map"
        defer {
            unlink(path)
            unlink(path + ".real")
        }
        let text = "\(String(address.rawValue, radix: 16)) 10 evil\n"
        if kind == "link" {
            try write(text, to: path + ".real")
            symlink(path + ".real", path)
        } else {
            try write(text, to: path)
            // An hour before the process started: of another one with the same ID.
            var times = [timespec(tv_sec: time(nil) - 3600, tv_nsec: 0)]
            times.append(times[0])
            utimensat(AT_FDCWD, path, &times, 0)
        }
        #expect(Symbolizer().frame(for: address, in: snapshot).functionName == "[unknown]")
    }

    /// In a container, a program is 2 to itself, and so is its map.
    @Test(.enabled(if: SymbolizerTests.canUnshare, "no privilege to make namespaces"))
    func `finds the map of a process in other namespaces`() throws {
        let script =
            "mount -t tmpfs none /tmp && sh -c 'echo \"1000 10 inner\" > /tmp/perf-$$.map; "
            + "exec sleep 61'; true"
        let child = try #require(
            Child("/usr/bin/unshare", ["-m", "-p", "-f", "--mount-proc", "/bin/sh", "-c", script]))
        var found: ProcessSnapshot?
        for _ in 0..<100 where found == nil {
            usleep(20_000)
            for id in ProcessID.all() {
                guard let snapshot = try? ProcessSnapshot(of: id), snapshot.process.name == "sleep",
                    snapshot.process.namespaceID != id
                else { continue }
                found = snapshot
            }
        }
        let snapshot = try #require(found)
        defer { kill(snapshot.process.id.rawValue, SIGKILL) }
        let frame = Symbolizer().frame(for: Address(0x1008), in: snapshot)
        #expect(frame.description == "inner+0x8 in [jit]")
        child.kill()
    }

    @Test func `a dump the process has mapped tells names and lines`() throws {
        let path = "/tmp/jit-\(getpid()).dump"
        var writer = JITDumpTests.Writer()
        writer.header()
        writer.lines(0x1000, [(0x1000, 3, Array("a.js".utf8))])
        writer.load("dumped", at: 0x1000, size: 16, time: 1)
        try write("", to: path)
        let descriptor = try FileDescriptor.open(FilePath(path), .readWrite)
        defer {
            try? descriptor.close()
            unlink(path)
        }
        try descriptor.writeAll(writer.bytes)
        let memory = mmap(nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, descriptor.rawValue, 0)
        defer { munmap(memory, 4096) }
        let snapshot = try ProcessSnapshot(of: ProcessID(getpid()))
        let symbolizer = Symbolizer()
        let frame = symbolizer.frame(for: Address(0x1004), in: snapshot)
        #expect(frame.description == "dumped+0x4 in [jit]")
        #expect(symbolizer.jitFunction(for: Address(0x1004), in: snapshot)?.lines.count == 1)
    }
}
