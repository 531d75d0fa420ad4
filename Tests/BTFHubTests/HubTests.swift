import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Making an index, and what is in it.
@Suite(.enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct HubTests {
    private func hub(_ scratch: ScratchDirectory) throws -> FilePath {
        try CentOSTypes.copy(to: scratch.file("hub"))
        return FilePath(scratch.file("hub"))
    }

    private static let release = "3.10.0-1160.el7.x86_64"
    private static let directory = "\(CentOSTypes.directory)/7/x86_64"

    /// Runs a program that must succeed.
    private func tool(_ name: String, _ arguments: [String], in directory: String) async throws {
        try await run(Tool.path(name) ?? name, arguments, directory: directory).check()
    }

    @Test func `indexes the CentOS files`() throws {
        let scratch = try ScratchDirectory()
        let path = try hub(scratch)
        let summary = try HubIndexer(path).run()
        #expect(summary.usable == 79)
        #expect(summary.examined == 79)
        #expect(summary.failures.isEmpty)
        let hub = try Hub(path)
        #expect(try hub.verify().isEmpty)
        let records = try hub.index.records()
        #expect(records.count == 79)
        #expect(
            records.allSatisfy { $0.distribution == "centos" && $0.architecture?.name == "x86_64" })
        let record = try #require(try hub.index.records(ofRelease: Self.release).first)
        #expect(record.version == "7")
        #expect(try hub.open(record).byteOffset(of: "tgid", in: "task_struct") == 1192)
    }

    @Test func `looks only at what has changed`() throws {
        let scratch = try ScratchDirectory()
        let path = try hub(scratch)
        _ = try HubIndexer(path).run()
        #expect(try HubIndexer(path).run().examined == 0)

        let file = path.appending("centos/7/x86_64/\(Self.release).btf")
        let types = try BTF(path: file).contents
        try FileManager.default.removeItem(atPath: file.string)
        try Data(types + [0]).write(to: URL(filePath: file.string))
        try FileManager.default.removeItem(
            atPath: path.appending("centos/7/x86_64/3.10.0-957.el7.x86_64.btf").string)
        let summary = try HubIndexer(path).run()
        #expect(summary.examined == 1)
        #expect(summary.usable == 78)
    }

    @Test func `reads every form a file can have`() async throws {
        let scratch = try ScratchDirectory()
        let place = scratch.file("hub/centos/7/x86_64")
        try scratch.makeDirectory("hub/centos/7/x86_64")
        let source = "\(Self.directory)/\(Self.release).btf"
        for (name, option) in [("xz", "-cJf"), ("zst", "--zstd -cf"), ("gz", "-czf")] {
            let file = "\(place)/1-\(name).btf"
            try FileManager.default.copyItem(atPath: source, toPath: file)
            let options = option.split(separator: " ").map(String.init)
            try await tool("tar", options + ["\(file).tar.\(name)", "1-\(name).btf"], in: place)
            try FileManager.default.removeItem(atPath: file)
        }
        for (name, program) in [("xz", "xz"), ("zst", "zstd"), ("gz", "gzip")] {
            let file = "\(place)/2-\(name).btf"
            try FileManager.default.copyItem(atPath: source, toPath: file)
            try await tool(program, ["-q", file], in: place)
            if name == "zst" { try FileManager.default.removeItem(atPath: file) }
        }
        try scratch.makeDirectory("hub/debug/lib/modules/4.18.0-1")
        try FileManager.default.copyItem(
            atPath: CoreObjects.path("fields"),
            toPath: scratch.file("hub/debug/lib/modules/4.18.0-1/vmlinux"))

        let path = FilePath(scratch.file("hub"))
        let summary = try HubIndexer(path).run()
        #expect(summary.failures.isEmpty, "\(summary.failures)")
        let records = try Hub(path).index.records()
        let releases = records.map(\.release)
        #expect(releases == ["1-gz", "1-xz", "1-zst", "2-gz", "2-xz", "2-zst", "4.18.0-1"])
        #expect(Set(records.prefix(6).map(\.hash)).count == 1)
        #expect(records.prefix(6).allSatisfy { $0.distribution == "centos" && $0.version == "7" })
        #expect(try Hub(path).verify().isEmpty)
    }

    /// A debug package has the kernel's image somewhere in it.
    @Test(
        .enabled(
            if: Capability.tool("dpkg-deb").isAvailable, "\(Capability.tool("dpkg-deb").reason)"))
    func `reads the kernel's image in a package`() async throws {
        let scratch = try ScratchDirectory()
        try scratch.makeDirectory("package/DEBIAN")
        try scratch.makeDirectory("package/usr/lib/debug/boot")
        try scratch.write(
            "Package: image-dbg\nVersion: 1\nArchitecture: amd64\nMaintainer: n <n@example.org>\n"
                + "Description: none\n", to: "package/DEBIAN/control")
        try FileManager.default.copyItem(
            atPath: CoreObjects.path("fields"),
            toPath: scratch.file("package/usr/lib/debug/boot/vmlinux-5.10.0-1-amd64"))
        try scratch.makeDirectory("hub")
        try await tool("dpkg-deb", ["--build", "package", "hub/image-dbg.deb"], in: scratch.path)

        let path = FilePath(scratch.file("hub"))
        let summary = try HubIndexer(path).run()
        #expect(summary.failures.isEmpty, "\(summary.failures)")
        let record = try #require(try Hub(path).index.records().first)
        #expect(record.release == "5.10.0-1-amd64")
        #expect(record.architecture?.name == "x86_64")
        #expect(try Hub(path).open(record).types(named: "task_struct").count == 1)
        // What was unpacked is now in the store, by its contents.
        let stored = try Hub(path).file(of: record)
        #expect(stored.string.hasSuffix("/\(record.hash).btf"))
    }

    @Test func `files that cannot be used are listed and left out`() async throws {
        let scratch = try ScratchDirectory()
        let path = try hub(scratch)
        let place = path.appending("centos/7/x86_64")
        let whole = try BTF(path: place.appending("\(Self.release).btf")).contents
        try scratch.write(whole.prefix(1_000), to: "hub/centos/7/x86_64/cut.btf")
        try scratch.write("nonsense", to: "hub/centos/7/x86_64/nonsense.btf.tar.xz")
        try scratch.write("", to: "hub/centos/7/x86_64/empty.btf")
        let summary = try HubIndexer(path).run()
        #expect(summary.usable == 79)
        let names = summary.failures.map { $0.path.split(separator: "/").last.map(String.init) }
        #expect(names == ["cut.btf", "empty.btf", "nonsense.btf.tar.xz"])
        // They are remembered, not looked at again.
        let again = try HubIndexer(path).run()
        #expect(again.examined == 0)
        #expect(again.failures.map(\.path) == summary.failures.map(\.path))
    }

    @Test(arguments: ["../../evil.btf", "/tmp/evil.btf", "a/../../evil.btf"])
    func `an archive with a name that leads out of it is refused`(name: String) async throws {
        let scratch = try ScratchDirectory()
        try scratch.makeDirectory("hub/a")
        let script = """
            import sys, tarfile
            archive = tarfile.open('hub/slip.btf.tar.xz', 'w:xz')
            entry = archive.gettarinfo(sys.argv[1])
            entry.name = sys.argv[2]
            archive.addfile(entry, open(sys.argv[1], 'rb'))
            archive.close()
            """
        try await tool(
            "python3", ["-c", script, "\(Self.directory)/\(Self.release).btf", name],
            in: scratch.path)
        let summary = try HubIndexer(FilePath(scratch.file("hub"))).run()
        #expect(summary.usable == 0)
        #expect(summary.failures.first?.reason.contains("refused for the name in it") == true)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/evil.btf"))
        #expect(try scratch.names() == ["hub"])
    }

    @Test func `an archive cut off anywhere is an error`() async throws {
        let scratch = try ScratchDirectory()
        let file = scratch.file("\(Self.release).btf")
        try FileManager.default.copyItem(
            atPath: "\(Self.directory)/\(Self.release).btf", toPath: file)
        try await tool("tar", ["-cJf", "whole.tar.xz", "\(Self.release).btf"], in: scratch.path)
        let whole = try scratch.bytes(of: "whole.tar.xz")
        for count in stride(from: 0, to: whole.count - 20, by: 37) {
            let cut = try scratch.write(whole.prefix(count), to: "cut.tar.xz")
            #expect(throws: HubError.self, "\(count) bytes") {
                try HubContents.forEach(in: FilePath(cut)) { _ in }
            }
        }
    }

    @Test func `a damaged index is an error and never half used`() throws {
        let scratch = try ScratchDirectory()
        let path = try hub(scratch)
        #expect(throws: HubError(path.string, .notIndexed)) { try HubIndex(of: path) }
        _ = try HubIndexer(path).run()
        let file = HubIndex.path(of: path)
        let whole = Array(try Data(contentsOf: URL(filePath: file.string)))
        for count in stride(from: 0, to: whole.count, by: 101) where whole[max(count - 1, 0)] != 10
        {
            try Data(whole.prefix(count)).write(to: URL(filePath: file.string))
            #expect(throws: HubError.self) { try HubIndex(of: path) }
        }
        var random = SeededGenerator(defaultSeed: 11)
        for _ in 0..<200 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try Data(bytes).write(to: URL(filePath: file.string))
            guard let index = try? HubIndex(of: path) else { continue }
            _ = try? index.records()
            _ = try? index.records(ofRelease: Self.release)
        }
    }

    @Test func `finds each of thousands by halving`() throws {
        let scratch = try ScratchDirectory()
        let lines = (0..<3_000).map { number in
            let path = "centos/7/x86_64/3.10.0-\(number).el7.x86_64.btf"
            let record = HubRecord(
                release: "3.10.0-\(number).el7.x86_64", distribution: "centos", version: "7",
                architecture: Architecture("x86_64"), hash: "\(number)", size: 1, date: 0,
                origin: "", path: FilePath(path), member: "")
            return HubIndexLine(path: path, member: "", fingerprint: "", content: .record(record))
        }
        try HubIndex.write(lines.shuffled(), of: FilePath(scratch.path))
        let index = try HubIndex(of: FilePath(scratch.path))
        for number in 0..<3_000 {
            let found = try index.records(ofRelease: "3.10.0-\(number).el7.x86_64")
            #expect(found.map(\.hash) == ["\(number)"])
        }
        #expect(try index.records(ofRelease: "3.10.0-3000.el7.x86_64").isEmpty)
        #expect(try index.records(ofRelease: "").isEmpty)
        #expect(try index.records(ofRelease: "9").isEmpty)
    }

    @Test func `a line comes back as it was`() throws {
        let record = HubRecord(
            release: "a\tb", distribution: "50%", version: "\n", architecture: nil, hash: "h",
            size: 5, date: 7, origin: "http://x/é%20", path: "p\u{1}", member: "m")
        let line = HubIndexLine(
            path: "p\u{1}", member: "m", fingerprint: "1:2", content: .record(record))
        #expect(!line.text.contains("\n"))
        #expect(HubIndexLine(parsing: line.text) == line)
        let failure = HubIndexLine(
            path: "!x", member: "", fingerprint: "1", content: .failure(reason: "a\nb"))
        #expect(HubIndexLine(parsing: failure.text) == failure)
    }
}
