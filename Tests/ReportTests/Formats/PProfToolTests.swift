import Foundation
import Report
import TestSupport
import Testing

/// What Go's own tool reads in our pprof files.
@Suite(
    "go tool pprof", .serialized,
    .enabled(if: Capability.tool("go").isAvailable, "golang-go is not installed"))
struct PProfToolTests {
    private func pprof(_ arguments: [String], _ profile: StackProfile) async throws -> String {
        let directory = try ScratchDirectory()
        let path = try directory.write(PProfProfile().bytes(profile), to: "p.pb.gz")
        // No network, and no directory of the user's.
        let environment = ["HOME": directory.path, "GOFLAGS": "-mod=mod", "GOPROXY": "off"]
        let result = try await run(
            try #require(Tool.path("go")), ["tool", "pprof"] + arguments + [path],
            environment: environment.merging(["PPROF_TMPDIR": directory.path]) { $1 })
        return try result.check().standardOutput
    }

    private var profile: StackProfile {
        var random = SeededGenerator()
        var profile = StackProfile(valueKinds: [.samples, .cpuNanoseconds])
        for _ in 0..<300 {
            let names = (0..<Int.random(in: 1..<12, using: &random)).map { _ in
                Frame("f\(Int.random(in: 0..<30, using: &random))", module: "/bin/x")
            }
            let count = UInt64.random(in: 1..<50, using: &random)
            profile.add(names, values: [count, count * 10_000_000])
        }
        return profile
    }

    @Test("-top has the totals of the folded stacks")
    func top() async throws {
        let text = try await pprof(
            ["-top", "-nodecount=100000", "-nodefraction=0", "-sample_index=samples"], profile)
        var own: [String: UInt64] = [:]
        for line in FoldedStacks(.samples).render(profile).split(separator: "\n") {
            let leaf = line.split(separator: ";").last.map { $0.split(separator: " ") } ?? []
            own[String(leaf[0]), default: 0] += UInt64(leaf[1]) ?? 0
        }
        var found: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 6, words[1].hasSuffix("%"), let flat = UInt64(words[0]) else {
                continue
            }
            if flat > 0 { found[String(words[5])] = flat }
        }
        #expect(found == own)
    }

    @Test("-traces has each stack with its value")
    func traces() async throws {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add([Frame("main"), Frame("work"), Frame("leaf")], values: [41])
        let text = try await pprof(["-traces"], profile)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let start = try #require(words.firstIndex(of: "41"))
        #expect(words[start...].prefix(4) == ["41", "leaf", "work", "main"])
    }

    @Test("-raw has mappings, lines, inlined functions and labels")
    func raw() async throws {
        let text = try await pprof(["-raw"], .rich)
        for part in [
            "PeriodType: cpu nanoseconds", "Period: 10101010",
            "samples/count[dflt] cpu/nanoseconds",
            "kv::get(int) /src/store.h:7", "main /src/main.c:12", "comm:[worker 1]", "pid:[71]",
            "size:[-5 bytes]", "0x7f0000000000/0x7f0000010000/0x2000 /lib/libc.so.6",
            "/usr/bin/kvstore 0123456789abcdef", "made for a test",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test("-raw is read as the same stacks")
    func rawAgain() async throws {
        let text = try await pprof(["-raw"], profile)
        #expect(try fold(text) == FoldedStacks(.samples).render(profile))
    }
}
