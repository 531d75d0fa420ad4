import Glibc
import TestSupport
import Testing

extension Sampling {
    /// What is kept between recordings: tables, types, names, decompressed sections.
    @Suite(.serialized) struct CachedRecordingTests {
        private static func record(cache: String) async throws -> Recording {
            try await Record.command(
                [
                    TestTarget("unwinding/chain-pie").path, "--depth", "10", "--milliseconds",
                    "300",
                ],
                options: ["--freq", "997", "--no-kernel"], environment: ["UPROF_CACHE": cache])
        }

        /// Everything of a recording that is the same each time.
        private static func expectTrue(_ recording: Recording) {
            #expect(recording.uprof.status == 0, "\(recording)")
            let total = recording.total()
            #expect(total > 100)
            let whole = recording.total { stack in
                stack.isWhole && stack.frames.contains("main")
                    && stack.frames.count { $0.hasPrefix("plain_") } == 10
            }
            #expect(20 * whole >= 19 * total, "\(recording)")
        }

        @Test func isUsedAndMayBeDamagedOrLost() async throws {
            let directory = try ScratchDirectory()
            Self.expectTrue(try await Self.record(cache: directory.path))
            let files = try directory.names()
            #expect(files.contains { $0.contains("unwind-") }, "\(files)")
            #expect(files.contains { $0.contains("types-") }, "\(files)")
            #expect(files.contains { $0.contains("frames-") }, "\(files)")

            // Names, and what is read for them, come as they come up; all else each time.
            let same = files.filter { $0.contains("unwind-") || $0.contains("types-") }
            let contents = try same.map { try directory.bytes(of: $0) }
            Self.expectTrue(try await Self.record(cache: directory.path))
            #expect(Set(try directory.names()).isSuperset(of: files))
            #expect(try same.map { try directory.bytes(of: $0) } == contents)

            for file in files {
                var damaged = try directory.bytes(of: file)
                damaged[damaged.count / 2] ^= 0x55
                try directory.write(damaged, to: file)
            }
            Self.expectTrue(try await Self.record(cache: directory.path))
            #expect(try same.map { try directory.bytes(of: $0) } == contents, "made anew")

            for file in files { try directory.write([], to: file) }
            Self.expectTrue(try await Self.record(cache: directory.path))
        }

        /// Without a cache, or with one that cannot be used, a recording is the same.
        @Test(arguments: ["", "/proc/none", "/dev/null", "/tmp"])
        func isNotNeeded(path: String) async throws {
            Self.expectTrue(try await Self.record(cache: path))
        }
    }
}
