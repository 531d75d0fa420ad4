import TestSupport
import Testing

@testable import Symbolizer

@Suite struct ProcessMappingsTests {
    struct Line: CustomTestStringConvertible {
        var text: String
        var path: String
        var kind: ProcessMapping.Kind
        var isDeleted = false
        var testDescription: String { text }
    }

    private static let head = "7f00-7fff r-xp 00001000 fe:1a 42 "

    @Test(arguments: [
        Line(text: head + "   /usr/lib/libc.so.6", path: "/usr/lib/libc.so.6", kind: .file),
        Line(text: head + "/opt/my app/x y.so", path: "/opt/my app/x y.so", kind: .file),
        Line(text: head + "/a (deleted)", path: "/a", kind: .file, isDeleted: true),
        Line(text: head + "/a\\012b", path: "/a\nb", kind: .file),
        Line(text: head + "/a\\b\\0123", path: "/a\\b\n3", kind: .file),
        Line(
            text: head + "/memfd:jit (deleted)", path: "/memfd:jit", kind: .file, isDeleted: true),
        Line(text: "0-1 rw-p 0 00:00 0", path: "", kind: .anonymous),
        Line(text: "0-1 rw-p 0 00:00 0 ", path: "", kind: .anonymous),
        Line(text: "0-1 rw-p 0 00:00 0   [heap]", path: "[heap]", kind: .heap),
        Line(text: "0-1 rw-p 0 00:00 0   [stack]", path: "[stack]", kind: .stack),
        Line(text: "0-1 rw-p 0 00:00 0   [stack:12]", path: "[stack:12]", kind: .stack),
        Line(text: "0-1 r-xp 0 00:00 0   [vdso]", path: "[vdso]", kind: .vdso),
        Line(text: "0-1 r-xp 0 00:00 0   [uprobes]", path: "[uprobes]", kind: .uprobes),
        Line(text: "0-1 r--p 0 00:00 0   [vvar]", path: "[vvar]", kind: .other),
        Line(text: "0-1 rw-p 0 00:00 0   [anon:x y]", path: "[anon:x y]", kind: .anonymous),
        Line(
            text: "0-1 rw-s 0 00:01 7 /dev/zero (deleted)", path: "/dev/zero (deleted)",
            kind: .anonymous),
        Line(
            text: "ffffffffff600000-ffffffffff601000 --xp 0 00:00 0 [vsyscall]",
            path: "[vsyscall]", kind: .vsyscall),
    ])
    func `reads lines`(line: Line) throws {
        let mapping = try #require(ProcessMapping(parsing: Substring(line.text).utf8))
        #expect(mapping.path == line.path)
        #expect(mapping.kind == line.kind)
        #expect(mapping.isDeleted == line.isDeleted)
    }

    @Test func `reads all fields`() throws {
        let mapping = try #require(ProcessMapping(parsing: Substring(Self.head + "/a").utf8))
        #expect(mapping.start == Address(0x7f00))
        #expect(mapping.end == Address(0x7fff))
        #expect(mapping.permissions == [.read, .execute])
        #expect(mapping.offset == FileOffset(0x1000))
        #expect(mapping.file == FileIdentity(major: 0xfe, minor: 0x1a, inode: 42))
        #expect(mapping.fileOffset(of: Address(0x7f10)) == FileOffset(0x1010))
        #expect(mapping.fileOffset(of: Address(0x7fff)) == nil)
    }

    @Test(arguments: [
        "", "x", "7f00", "7f00-", "7f00-7e00 r-xp 0 0:0 0", "1-1 r-xp 0 0:0 0",
        "1-2 r-x 0 0:0 0", "1-2 r-xp", "1-2 r-xp 0 0", "1-2 rwxz 0 0:0 0", "-1-2 r-xp 0 0:0 0",
        "+1-2 r-xp 0 0:0 0", "1-10000000000000000 r-xp 0 0:0 0", "1-2 r-xp 0 100000000:0 0",
    ])
    func `skips what it cannot read`(line: String) {
        let text = "1-2 r-xp 0 0:0 0 /a\n\(line)\n3-4 r-xp 0 0:0 0 /b"
        #expect(ProcessMappings(text).map(\.path) == ["/a", "/b"])
    }

    @Test func `survives any text`() {
        var random = SeededGenerator(seed: 5)
        let seed = Array((Self.head + "/usr/lib/libc.so.6 (deleted)\n").utf8)
        for _ in 0..<3000 {
            var bytes = seed + seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
            _ = Array(ProcessMappings(String(decoding: bytes, as: UTF8.self)))
        }
        for count in 0..<seed.count {
            _ = Array(ProcessMappings(String(decoding: seed.prefix(count), as: UTF8.self)))
        }
    }
}
