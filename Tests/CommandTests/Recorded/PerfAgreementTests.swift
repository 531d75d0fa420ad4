import TestSupport
import Testing

extension Sampling {
    /// Stacks that perf unwinds from copies of the stack (`--call-graph dwarf`), in the same seconds of
    /// the same process.
    @Suite(.serialized, .enabled(if: Capability.tool("perf").isAvailable))
    struct PerfAgreementTests {
        /// A program that works until it is killed.
        struct Work: CustomTestStringConvertible, Sendable {
            var program: String
            var arguments: [String]

            var testDescription: String { program }
        }

        private static let python = """
            import json, re
            d = {str(i): list(range(20)) for i in range(3000)}
            while True:
                json.loads(json.dumps(d)); re.sub('a+', 'b', 'caat' * 20000)
                sorted(str(x) for x in range(20000))
            """

        static let works = [
            Work(program: "python3", arguments: ["-c", python]),
            Work(program: "xz", arguments: ["-6", "-c", "/dev/urandom"]),
            Work(program: "gzip", arguments: ["-9", "-c", "/dev/urandom"]),
        ]

        @Test(arguments: works)
        func agreesFromTheRootDown(work: Work) async throws {
            let path = try #require(Tool.path(work.program))
            let directory = try ScratchDirectory()
            let process = try RunningProcess(
                "/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", path] + work.arguments,
                directory: directory.path)
            try await Task.sleep(for: .seconds(2))
            let target = "\(process.processID)"
            async let perf = run(
                try #require(Tool.path("perf")),
                [
                    "record", "-q", "-F", "199", "-e", "cpu-clock", "--call-graph", "dwarf,16384",
                    "-o", directory.file("perf.data"), "-p", target, "--", "sleep", "4",
                ])
            let uprof = try await UprofCommand.run([
                "record", "--freq", "199", "--no-kernel", "--no-inlines", "--pid", target,
                "--duration", "4s", "-o", directory.file("out.folded"),
            ])
            _ = try await perf
            process.signal(9)
            _ = try await process.waitForExit()
            let script = try await run(
                try #require(Tool.path("perf")),
                ["script", "-i", directory.file("perf.data"), "-F", "ip,sym", "--no-inline"])
            let known = Self.stacks(ofScript: script.standardOutput)
            let seen = try Recording.stacks(of: try directory.text(of: "out.folded"))
            let (often, agreeing) = Self.compare(seen, known)
            #expect(often > 50, "\(uprof)")
            #expect(Double(agreeing) >= 0.99 * Double(often), "\(agreeing) of \(often)\n\(uprof)")
        }

        /// The samples whose stacks were met so often that perf has to have met them too, and those of
        /// them that it has.
        ///
        /// What one of both has no name for may be anything.
        private static func compare(
            _ seen: [Recording.Stack], _ known: Set<[String]>
        ) -> (often: UInt64, agreeing: UInt64) {
            var counts: [[String]: UInt64] = [:]
            for stack in seen where stack.isWhole {
                counts[stack.frames.dropFirst().map { plain($0) }, default: 0] += stack.value
            }
            let byDepth = Dictionary(grouping: known, by: \.count)
            var often: UInt64 = 0
            var agreeing: UInt64 = 0
            for (frames, count) in counts where count >= 12 {
                often += count
                let isKnown = (byDepth[frames.count] ?? []).contains { other in
                    zip(frames, other).allSatisfy { $0 == $1 || $0 == "?" || $1 == "?" }
                }
                if isKnown { agreeing += count }
            }
            return (often, agreeing)
        }

        private static func stacks(ofScript text: String) -> Set<[String]> {
            var stacks: Set<[String]> = []
            var frames: [String] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                let fields = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
                if fields.count == 2, fields[0].hasPrefix("ffffffff") {
                    continue  // the kernel's part
                } else if fields.count == 2 {
                    frames.append(plain(String(fields[1])))
                } else if !frames.isEmpty {
                    stacks.insert(frames.reversed())
                    frames = []
                }
            }
            return stacks
        }

        /// A function's name without its parameters, version or stub.
        private static func plain(_ name: String) -> String {
            if name.hasPrefix("[unknown") { return "?" }
            let end = name.firstIndex { $0 == "(" || $0 == "@" } ?? name.endIndex
            return String(name[..<end])
        }
    }
}
