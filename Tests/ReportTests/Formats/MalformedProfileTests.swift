import Report
import TestSupport
import Testing

/// Whatever the bytes are, reading ends with a profile or an error.
@Suite("Damaged profiles")
struct MalformedProfileTests {
    private static let texts: [(ProfileFormat, String)] = [
        (.bpftrace, "@[\n    f+1\n    g+2\n, comm]: 3\n@[a, 1]: 2\n"),
        (.dtrace, "CPU  ID FUNCTION:NAME\n 0 1 :tick\n\n  a`f+0x1\n  a`g+0x2\n  5\n"),
        (.sample, "Call graph:\n    5 a  (in x)\n    + 3 b  (in y) + 4\n    2 c\nTotal number\n"),
        (
            .go,
            "Samples:\ns/count\n 1: 1 2\nLocations\n 1: 0x1 M=1 f g.c:1 s=0\n 2: 0x2 h\nMappings\n"
        ),
    ]

    private static var files: [(ProfileFormat, [UInt8])] {
        let written = ProfileFormat.writable.filter(\.isReadable).map { format in
            (format, format.bytes(.rich, kind: .cpuNanoseconds, isCompressed: false) ?? [])
        }
        return written + texts.map { ($0.0, Array($0.1.utf8)) }
    }

    private func read(_ bytes: [UInt8], _ format: ProfileFormat?) {
        _ = try? ProfileInput(path: "test", contents: bytes, format: format).fold()
        _ = try? ProfileInput(path: "test", contents: bytes, format: format).profile()
    }

    @Test("cut off anywhere")
    func truncation() {
        for (format, bytes) in Self.files {
            for end in 0..<bytes.count { read(Array(bytes[..<end]), format) }
        }
    }

    @Test("with any bit flipped")
    func flippedBits() {
        for (format, bytes) in Self.files {
            for index in bytes.indices {
                var damaged = bytes
                damaged[index] ^= 1 << (index % 8)
                read(damaged, format)
                read(damaged, nil)
            }
        }
    }

    @Test("with bytes at random")
    func randomBytes() {
        var random = SeededGenerator()
        for (format, bytes) in Self.files {
            for _ in 0..<200 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1..<20, using: &random) {
                    let index = Int.random(in: damaged.indices, using: &random)
                    damaged[index] = UInt8.random(in: .min ... .max, using: &random)
                }
                read(damaged, format)
            }
            let noise = (0..<500).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            read(noise, format)
        }
    }

    @Test("compressed, and cut off or damaged, are told")
    func damagedCompression() throws {
        let bytes = PProfProfile().bytes(.rich)
        for end in stride(from: 2, to: bytes.count, by: 7) {
            #expect(throws: FormatError.self) {
                try ProfileInput(path: "test", contents: Array(bytes[..<end])).profile()
            }
        }
        var damaged = bytes
        damaged[bytes.count / 2] ^= 0x10
        #expect(throws: FormatError.self) {
            try ProfileInput(path: "test", contents: damaged).profile()
        }
    }

    @Test("of one location named often do not grow beyond their size")
    func multipliedFrames() throws {
        // One location of 20,000 lines, in a sample that names it 20,000 times.
        func message(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
            var size = content.count
            var bytes = [number << 3 | 2]
            while size >= 0x80 {
                bytes.append(UInt8(size & 0x7F) | 0x80)
                size >>= 7
            }
            return bytes + [UInt8(size)] + content
        }
        let lines = (0..<20_000).flatMap { _ in [0x22, 0] as [UInt8] }
        let ids = [UInt8](repeating: 1, count: 20_000)
        let bytes =
            message(1, []) + message(2, message(1, ids) + message(2, [1]))
            + message(4, [8, 1] + lines)
        let error = #expect(throws: FormatError.self) {
            try ProfileInput(path: "test", contents: bytes, format: .pprof).profile()
        }
        #expect(error?.description.contains("more frames than") == true)
    }

    @Test("of JSON nested without end are refused")
    func deepJSON() {
        let text = "{\"speedscope\": " + String(repeating: "[", count: 1_000_000)
        let error = #expect(throws: FormatError.self) { try fold(text) }
        #expect(error?.description.contains("too deep") == true)
    }

    @Test(
        "say what is wrong",
        arguments: [
            (
                "{\"speedscope\": 1, \"profiles\": [{\"samples\": [[7]], \"weights\": [1]}]}",
                "frame 7"
            ),
            ("{\"schema\": \"uprof.profile/2\"}", "its schema is uprof.profile/2"),
            ("{\"profiles\": [}", "at offset"), ("{\"profiles\": [{\"type\": \"x\"}]}", "type x"),
            (
                "{\"profiles\": [{\"type\": \"evented\", \"events\": [{\"type\": \"C\", \"frame\": 0}]}]}",
                "closed that is not open"
            ),
        ])
    func messages(text: String, message: String) {
        let error = #expect(throws: FormatError.self) { try fold(text) }
        #expect(error?.description.contains(message) == true)
    }
}
