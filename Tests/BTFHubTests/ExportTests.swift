import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// One file for many kernels.
@Suite(.enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct ExportTests {
    private func hub(_ scratch: ScratchDirectory) throws -> Hub {
        try CentOSTypes.copy(to: scratch.file("hub"))
        _ = try HubIndexer(FilePath(scratch.file("hub"))).run()
        return try Hub(FilePath(scratch.file("hub")))
    }

    @Test func `holds every kernel, and each content once`() throws {
        let scratch = try ScratchDirectory()
        let hub = try hub(scratch)
        let result = try Exporter(hub, objects: []).export()
        #expect(result.kernels == 79)
        #expect(result.failures.isEmpty)
        #expect(result.contents == Set(try hub.index.records().map(\.hash)).count)
        // 22 bytes a kernel were once needed by 341 such files as a tar.xz, without an index.
        #expect(result.bytes.count < 79 * 64)

        let export = try Export(bytes: result.bytes, name: "export")
        #expect(export.kernelCount == 79)
        #expect(export.objectHashes.isEmpty)
        for record in try hub.index.records() {
            let same = try export.records(ofRelease: record.release)
            let found = try #require(same.first { $0.version == record.version })
            #expect(found.hash == record.hash)
            #expect(found.distribution == "centos")
            #expect(try export.contents(of: found) == hub.open(record).contents)
        }
    }

    @Test func `is searched by the rules of a hub`() throws {
        let scratch = try ScratchDirectory()
        let result = try Exporter(try hub(scratch), objects: []).export()
        let export = try Export(bytes: result.bytes, name: "export")
        let host = Host(
            release: "4.18.0-147.el8.x86_64", architecture: Architecture("amd64"), system: nil)
        guard case .found(let record, .sameRelease) = try HubLookup.find(host, in: export) else {
            Issue.record("not found")
            return
        }
        let types = try export.types(of: record)
        #expect(try types.byteOffset(of: "real_parent", in: "task_struct") == 2320)
        let other = Host(release: "4.18.0-147", architecture: nil, system: nil)
        guard case .missing(let nearest) = try HubLookup.find(other, in: export) else {
            Issue.record("found something")
            return
        }
        #expect(nearest.first?.release.hasPrefix("4.18.0-147") == true)
    }

    @Test func `is reduced to what objects need, and says for which`() throws {
        let scratch = try ScratchDirectory()
        let hub = try hub(scratch)
        let object = try CoreObjects.open("fields")
        let whole = try Exporter(hub, objects: []).export()
        let result = try Exporter(hub, objects: [object]).export()
        #expect(result.bytes.count < whole.bytes.count)
        let export = try Export(bytes: result.bytes, name: "export")
        #expect(export.objectHashes == [object.hash])
        let record = try #require(
            try export.records(ofRelease: "3.10.0-1160.el7.x86_64").first)
        let types = try export.types(of: record)
        #expect(try types.byteOffset(of: "tgid", in: "task_struct") == 1192)
    }

    /// The format of docs/btf.md, read by another program.
    @Test(
        .enabled(
            if: Capability.tool("zstd").isAvailable, "\(Capability.tool("zstd").reason)"))
    func `can be read by another program`() async throws {
        let scratch = try ScratchDirectory()
        let hub = try hub(scratch)
        let result = try Exporter(hub, objects: []).export()
        try scratch.write(result.bytes, to: "x.uprofbtf")
        let script = """
            import hashlib, struct, subprocess
            data = open('x.uprofbtf', 'rb').read()
            unpack = lambda frame: subprocess.run(
                ['zstd', '-dcq'], input=frame, stdout=subprocess.PIPE, check=True).stdout
            assert data[:8] == b'UPROFBTF'
            version, packed, size, kernels, blobs, blocks, objects, _ = struct.unpack_from('<8I', data, 8)
            directory = unpack(data[72:72 + packed])
            assert version == 1 and len(directory) == size
            assert hashlib.sha256(directory).digest() == data[40:72]
            blob_rows = kernels * 12
            block_rows = blob_rows + blobs * 44
            names = block_rows + blocks * 8 + objects * 32
            text = lambda at: directory[names + at:directory.index(0, names + at)].decode()
            offset, frames = 72 + packed, []
            for row in range(blocks):
                length, _ = struct.unpack_from('<2I', directory, block_rows + row * 8)
                frames.append(unpack(data[offset:offset + length]))
                offset += length
            for row in range(kernels):
                release, place, blob = struct.unpack_from('<3I', directory, row * 12)
                block, start, length = struct.unpack_from('<3I', directory, blob_rows + blob * 44)
                types = frames[block][start:start + length]
                digest = directory[blob_rows + blob * 44 + 12:blob_rows + blob * 44 + 44]
                assert hashlib.sha256(types).digest() == digest
                print(text(release), text(place), digest.hex())
            """
        let output = try await run(
            Tool.path("python3") ?? "", ["-c", script], directory: scratch.path
        ).check().standardOutput
        let expected = try hub.index.records().map {
            "\($0.release) \($0.distribution)/\($0.version)/x86_64 \($0.hash)"
        }
        #expect(output.split(separator: "\n").map(String.init) == expected)
    }

    @Test func `every cut and every flipped bit is an error or harmless`() throws {
        let scratch = try ScratchDirectory()
        let whole = try Exporter(try hub(scratch), objects: []).export().bytes
        let contents = try #require(self.contents(of: whole))
        for count in stride(from: 0, to: whole.count, by: 19) {
            #expect(self.contents(of: Array(whole.prefix(count))) == nil, "\(count) bytes")
        }
        var random = SeededGenerator(defaultSeed: 12)
        for _ in 0..<150 {
            var bytes = whole
            let index = Int.random(in: 0..<bytes.count, using: &random)
            bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            // Some bits mean nothing, here or to zstd: then all is as it was.
            let result = self.contents(of: bytes)
            #expect(result == nil || result == contents, "byte \(index)")
        }
    }

    /// The types of all kernels of an export, or nil if one cannot be had.
    private func contents(of bytes: [UInt8]) -> [[UInt8]]? {
        guard let export = try? Export(bytes: bytes, name: "damaged"),
            let records = try? export.records(), records.count == 79
        else { return nil }
        return try? records.map { try export.contents(of: $0) }
    }
}
