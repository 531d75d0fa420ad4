import Bytes
import Cache
import Report
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

/// Frames of addresses as the cache keeps them.
@Suite struct FrameNamesTests {
    /// What one address can have: inlined calls, names of linkers, none of all that, no frame.
    private static let frames: [Address: [Frame]] = [
        Address(0x1000): [
            frame("main", file: "/src/a.c", line: 12), frame("inner", line: 3, isInlined: true),
        ],
        Address(0x1004): [frame("run(int)", linkage: "_Z3runi")],
        Address(0x2000): [frame("")],
        Address(0xffff_ffff_0000): [],
        Address(0x2008): [frame("größer", file: "/src/a.c", line: .max)],
    ]

    private static func frame(
        _ name: String, linkage: String = "", file: String = "", line: UInt64 = 0,
        isInlined: Bool = false
    ) -> Frame {
        var frame = Frame(name, kind: isInlined ? .inlined : .user)
        frame.linkageName = linkage
        frame.file = file
        frame.line = line
        return frame
    }

    private static func version(of path: String) throws -> FileVersion {
        try #require(FileVersion(path: FilePath(path)))
    }

    private static func names(_ bytes: [UInt8], of versions: [FileVersion]) -> FrameNames? {
        let file = MappedFile(contents: bytes)
        return FrameNames(CachedBytes(file: file, range: 0..<bytes.count), of: versions)
    }

    @Test func areReadAsTheyWereWritten() throws {
        let versions = [try Self.version(of: "/bin/sh"), try Self.version(of: "/etc/passwd")]
        let names = try #require(
            Self.names(FrameNames.encoded(Self.frames, of: versions), of: versions))
        #expect(names.count == Self.frames.count)
        for (address, frames) in Self.frames {
            var known = frames
            // No file has so many lines.
            for index in known.indices { known[index].line = min(known[index].line, 0xffff_ffff) }
            #expect(names.frames(at: address) == known)
        }
        for address: UInt64 in [0, 0xfff, 0x1001, 0x3000, .max] {
            #expect(names.frames(at: Address(address)) == nil)
        }
        #expect(names.all.map(\.address) == Self.frames.keys.sorted())
    }

    /// Where a debug file has come, gone or changed, names can be others.
    @Test func areOfTheirDebugFilesOnly() throws {
        let (shell, users) = (try Self.version(of: "/bin/sh"), try Self.version(of: "/etc/passwd"))
        let bytes = FrameNames.encoded(Self.frames, of: [shell])
        #expect(Self.names(bytes, of: [shell]) != nil)
        for others in [[], [users], [shell, users]] {
            #expect(Self.names(bytes, of: others) == nil)
        }
    }

    /// Whatever the bytes are, all frames can be read.
    private static func readAll(_ bytes: [UInt8]) {
        guard let names = names(bytes, of: []) else { return }
        for (address, _) in names.all { _ = names.frames(at: address) }
        for address in frames.keys { _ = names.frames(at: address) }
    }

    @Test func mayBeDamaged() {
        let whole = FrameNames.encoded(Self.frames, of: [])
        for count in whole.indices { Self.readAll(Array(whole.prefix(count))) }
        for index in whole.indices {
            for bit in 0..<8 {
                var damaged = whole
                damaged[index] ^= 1 << bit
                Self.readAll(damaged)
            }
        }
        var random = SeededGenerator(seed: 29)
        for _ in 0..<20_000 {
            var damaged = whole
            for _ in 0...random.next(upperBound: UInt32(4)) {
                let index = Int(random.next(upperBound: UInt32(whole.count)))
                damaged[index] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
            }
            Self.readAll(damaged)
        }
    }
}
