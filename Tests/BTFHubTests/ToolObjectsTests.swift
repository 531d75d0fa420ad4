import BTFHub
import Bytes
import Foundation
import SystemPackage
import TestSupport
import Testing

/// The objects in libbpf-tools' programs: what other people's CO-RE programs need.
@Suite struct ToolObjectsTests {
    private static let names = [
        "biolatency", "execsnoop", "exitsnoop", "funclatency", "futexctn", "gethostlatency",
        "offcputime", "opensnoop", "runqlat", "runqslower", "tcpconnect", "tcplife", "tcpretrans",
        "vfsstat",
    ].filter { Tool.path($0) != nil }

    /// The BPF object within a program: the ELF file for that machine among its bytes.
    private static func object(in program: String) throws -> [UInt8]? {
        let data = [UInt8](try Data(contentsOf: URL(filePath: program)))
        var start = 1
        while start + 64 < data.count {
            guard let found = data[start...].firstIndex(of: 0x7f), found + 64 < data.count else {
                return nil
            }
            start = found + 1
            let isELF = data[found + 1..<found + 4].elementsEqual([0x45, 0x4c, 0x46])
            guard isELF, data[found + 18] == 247 else { continue }
            // The table of sections is its end, as compilers write it.
            let table = (0..<8).reduce(0) { $0 | Int(data[found + 40 + $1]) << ($1 * 8) }
            let count = Int(data[found + 60]) | Int(data[found + 61]) << 8
            return Array(data[found..<min(found + table + count * 64, data.count)])
        }
        return nil
    }

    @Test(
        .enabled(if: !names.isEmpty, "libbpf-tools are not installed"),
        arguments: names, KernelTypes.all)
    func `are never larger than bpftool makes them`(
        name: String, kernel: KernelTypes
    ) async throws {
        let bytes = try #require(try Self.object(in: Tool.path(name) ?? ""))
        let scratch = try ScratchDirectory()
        let path = try scratch.write(bytes, to: "\(name).bpf.o")
        let object = try ProgramObject(path: FilePath(path))
        let small = try Minimizer.minimize(kernel.open(), for: [object])
        let theirs = try await run(
            Tool.path("bpftool") ?? "",
            ["gen", "min_core_btf", kernel.path, scratch.file("theirs.btf"), path])
        if theirs.status == 0 {
            #expect(small.bytes.count <= (try scratch.bytes(of: "theirs.btf")).count)
        }

        // Not every program can be loaded with the types of another kernel.
        guard let whole = try? await CoreObjects.tags(object: path, types: kernel.path) else {
            return
        }
        try scratch.write(small.bytes, to: "small.btf")
        let tags = try await CoreObjects.tags(object: path, types: scratch.file("small.btf"))
        #expect(tags == whole)
    }
}
