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
    private typealias Found = (extent: Range<UInt64>, frames: [Frame])

    /// What addresses can have: inlined calls, names of linkers, none of all that, no frame.
    private static let found: [Found] = [
        (
            0x1000..<0x1004,
            [frame("main", file: "/src/a.c", line: 12), frame("inner", line: 3, isInlined: true)]
        ),
        (0x1004..<0x1005, [frame("run(int)", linkage: "_Z3runi")]),
        (0x2000..<0x2008, [frame("")]),
        (0x2008..<0x3000, [frame("größer", file: "/src/a.c", line: .max)]),
        (0xffff_ffff_0000..<0xffff_ffff_ffff, []),
    ]
    /// What comes before, between and behind them.
    private static let others: [Found] = [
        (0x10..<0x20, [frame("first", file: "/src/a.c", line: 1)]),
        (0x1005..<0x1010, [frame("run(int)", linkage: "_Z3runi", line: 2)]),
        (0xffff_ffff_ffff..<0x1_0000_0000_0003, [frame("last")]),
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

    /// Checks that names have some frames, and nothing else.
    private static func expect(_ names: FrameNames, toHave found: [Found]) {
        #expect(names.count == found.count)
        for (index, (extent, frames)) in found.enumerated() {
            var known = frames
            // No file has so many lines.
            for index in known.indices { known[index].line = min(known[index].line, 0xffff_ffff) }
            #expect(names.index(at: extent.lowerBound) == index)
            #expect(names.index(at: extent.upperBound - 1) == index)
            #expect(names.frames(index) == known)
            #expect(names.extent(index) == extent)
        }
    }

    @Test func areReadAsTheyWereWritten() throws {
        let versions = [try Self.version(of: "/bin/sh"), try Self.version(of: "/etc/passwd")]
        let bytes = FrameNames.encoded(Self.found, after: nil, of: versions)
        let names = try #require(Self.names(bytes, of: versions))
        Self.expect(names, toHave: Self.found)
        for address: UInt64 in [0, 0xfff, 0x1005, 0x3000, .max] {
            #expect(names.index(at: address) == nil)
        }
        #expect(names.gap(around: 0xfff) == 0..<0x1000)
        #expect(names.gap(around: 0x1800) == 0x1005..<0x2000)
        #expect(names.gap(around: .max) == 0xffff_ffff_ffff..<(.max))
    }

    /// Each run adds what it has looked up to what there was.
    @Test(arguments: [true, false])
    func areAddedToThoseBefore(areOthersFirst: Bool) throws {
        let order = areOthersFirst ? [Self.others, Self.found] : [Self.found, Self.others]
        let first = FrameNames.encoded(order[0], after: nil, of: [])
        let before = try #require(Self.names(first, of: []))
        let bytes = FrameNames.encoded(order[1], after: before, of: [])
        let all = (Self.found + Self.others).sorted { $0.extent.lowerBound < $1.extent.lowerBound }
        Self.expect(
            try #require(Self.names(bytes, of: [])),
            toHave: all)
    }

    /// Where a debug file has come, gone or changed, names can be others.
    @Test func areOfTheirDebugFilesOnly() throws {
        let (shell, users) = (try Self.version(of: "/bin/sh"), try Self.version(of: "/etc/passwd"))
        let bytes = FrameNames.encoded(Self.found, after: nil, of: [shell])
        #expect(Self.names(bytes, of: [shell]) != nil)
        for others in [[], [users], [shell, users]] {
            #expect(Self.names(bytes, of: others) == nil)
        }
    }

    /// Whatever the bytes are, all frames can be read, and others be added.
    private static func readAll(_ bytes: [UInt8]) {
        guard let names = names(bytes, of: []) else { return }
        for index in 0..<names.count { _ = (names.extent(index), names.frames(index)) }
        for (extent, _) in found + others {
            _ = names.index(at: extent.lowerBound).map { names.frames($0) }
            _ = names.gap(around: extent.lowerBound)
            _ = names.isNextTo(frame("main"), extent.lowerBound)
        }
        _ = FrameNames.encoded(others, after: names, of: [])
    }

    @Test func mayBeDamaged() {
        let whole = FrameNames.encoded(Self.found, after: nil, of: [])
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
