import Foundation
import Report
import TestSupport
import Testing

@Suite("Written formats")
struct WrittenFormatTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("speedscope: each frame once, and what the schema asks for")
    func speedscope() throws {
        var random = SeededGenerator()
        let file = try object(SpeedscopeJSON().render(.random(&random)))
        #expect(file["$schema"] as? String == "https://www.speedscope.app/file-format-schema.json")
        let shared = try #require(file["shared"] as? [String: Any])
        let frames = try #require(shared["frames"] as? [[String: Any]])
        #expect(Set(frames.map { "\($0)" }).count == frames.count)
        #expect(frames.allSatisfy { $0["name"] is String })
        let profiles = try #require(file["profiles"] as? [[String: Any]])
        #expect(profiles.count == 2)
        for profile in profiles {
            #expect(profile["type"] as? String == "sampled")
            #expect(["none", "nanoseconds"].contains(profile["unit"] as? String))
            let samples = try #require(profile["samples"] as? [[Int]])
            let weights = try #require(profile["weights"] as? [Int])
            #expect(samples.count == weights.count)
            #expect(samples.joined().allSatisfy(frames.indices.contains))
            #expect(profile["endValue"] as? Int == weights.reduce(0, +))
        }
    }

    @Test("CSV: own and total values, recursion once, quotes where they are needed")
    func table() {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add(["main", "f", "f"].map { Frame($0, module: "/x") }, values: [3])
        profile.add([Frame("main", module: "/x"), Frame("g<a, b>")], values: [1])
        #expect(
            FunctionCSV().render(profile)
                == "function,module,self_samples,total_samples\r\nf,/x,3,3\r\n\"g<a, b>\",,1,1\r\n"
                + "main,/x,0,4\r\n")
    }

    @Test("CSV: no name is a formula", arguments: ["=1+1", "+x", "-[NSObject init]", "@f"])
    func formulas(name: String) {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add([Frame(name)], values: [1])
        #expect(FunctionCSV().render(profile).hasSuffix("\r\n'\(name),,1,1\r\n"))
    }

    @Test("perf script: names in parentheses are kept by its readers")
    func parentheses() throws {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add(["(root)", "f"].map { Frame($0, module: "/x") }, values: [2])
        #expect(try fold(PerfScriptText().render(profile)) == "unknown;[root];f 2\n")
    }

    @Test("perf script: a header, the leaf first, an empty line")
    func perfScript() {
        var profile = StackProfile(valueKinds: [.cpuNanoseconds])
        let labels = SampleLabels(process: 7, thread: 8, command: "a b")
        profile.add(
            [Frame("main", module: "/x"), Frame("k", kind: .kernel)], values: [1_500_000_000],
            labels: labels)
        profile.add([Frame("main", module: "/x")], values: [1], labels: labels)
        #expect(
            PerfScriptText().render(profile) == """
                a b 7/8 [000] 0.000000: 1500000000 cpu-clock: 
                \t               0 k ([kernel.kallsyms])
                \t               0 main (/x)

                a b 7/8 [000] 1.500000: 1 cpu-clock: 
                \t               0 main (/x)


                """)
    }

    @Test("perf script: a sample for each count, where they are few")
    func repeatedSamples() throws {
        var profile = StackProfile(valueKinds: [.samples])
        profile.add([Frame("f", module: "/x")], values: [3])
        let text = PerfScriptText().render(profile)
        #expect(text.split(separator: "samples:").count - 1 == 3)
        #expect(try fold(text) == "unknown;f 3\n")
        var large = StackProfile(valueKinds: [.samples])
        large.add([Frame("f", module: "/x")], values: [1 << 60])
        #expect(try fold(PerfScriptText().render(large)) == "unknown;f \(1 << 60)\n")
    }

    @Test("Chrome trace: calls with their beginning, and the names of threads")
    func chromeTrace() throws {
        let file = try object(ChromeTrace().render([.sample]))
        let events = try #require(file["traceEvents"] as? [[String: Any]])
        #expect(events.count == 2)
        #expect(events[0]["name"] as? String == "thread_name")
        #expect(events[1]["ph"] as? String == "X")
        #expect(events[1]["name"] as? String == "compact")
        #expect(events[1]["ts"] as? Double == 0)
        #expect(events[1]["dur"] as? Double == 12_345.678)
        let start = (file["otherData"] as? [String: Any])?["start_ns"] as? UInt64
        #expect(start == 1_772_368_496_123_456_789 - 12_345_678)
    }

    @Test("formats are told by the end of a name")
    func extensions() {
        #expect(ProfileFormat(path: "a.pb.gz") == .pprof)
        #expect(ProfileFormat(path: "a.speedscope.json") == .speedscope)
        #expect(ProfileFormat(path: "a.otlp.json") == .otlpJSON)
        #expect(ProfileFormat(path: "a.json") == .json)
        #expect(ProfileFormat(path: "a.txt") == nil)
    }
}
