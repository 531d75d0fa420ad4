import Foundation
import TestSupport
import Testing

extension Attaching {
    /// Programs, maps and types of the kinds that the examples do without.
    @Suite(
        .serialized,
        .enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
    struct ObjectKindTests {
        private let scratch: ScratchDirectory

        init() throws {
            scratch = try ScratchDirectory()
        }

        private static let manifest = """
            format = 1
            name = "running"
            version = "1"
            summary = "Runs"
            [run]
            command = "object"
            [[programs]]
            name = "entered"
            attach = ["raw_tracepoint:no_such_event", "raw_tracepoint:{event}"]
            [[programs]]
            name = "sampled"
            attach = "sample:{rate}"
            [[maps]]
            name = "ring"
            print = "events"
            event = "struct record"
            columns = [
                { field = "process" }, { field = "color" }, { field = "yes" }, { field = "word" },
                { field = "raw", format = "text" }, { field = "numbers" },
                { field = "when", format = "time" },
            ]
            [[maps]]
            name = "calls"
            print = "table"
            [[maps]]
            name = "hits"
            print = "histogram"
            [[maps]]
            name = "samples"
            print = "losses"
            title = "samples that nobody wants"
            [[parameters]]
            name = "of"
            type = "integer"
            help = "A process."
            variable = "wanted"
            [[parameters]]
            name = "word"
            type = "string"
            default = "größe"
            help = "A word."
            variable = "word"
            [[parameters]]
            name = "step"
            type = "integer"
            default = 2
            help = "A number."
            variable = "step"
            [[parameters]]
            name = "event"
            type = "string"
            default = "sys_enter"
            help = "An event."
            [[parameters]]
            name = "rate"
            type = "integer"
            default = 999
            help = "A rate."
            """

        private func bundle() async throws -> ObjectBundle {
            let manifest = try scratch.write(Self.manifest, to: "my.toml")
            return try await ObjectBundle(
                object: "\(TestTarget.buildDirectory)/btf/running.bpf.o", manifest: manifest,
                at: scratch.file("running"))
        }

        @Test func `values go in, and records and entries come out`() async throws {
            let bundle = try await bundle()
            let process = Int64(getpid())
            let output = try await bundle.run(["--of=\(process)"]) {
                for _ in 0..<100 { _ = getppid() }
                // What is sampled on every processor, as something runs.
                var sum: UInt64 = 0
                let end = ContinuousClock.now + .milliseconds(200)
                while ContinuousClock.now < end { sum &+= 1 }
                #expect(sum > 0)
            }
            let events = output.events.filter { $0["process"] == .number(process) }
            #expect(events.count >= 100)
            let event = try #require(events.first)
            #expect(event["color"] == .text("GREEN"))
            #expect(event["yes"] == .truth(true))
            #expect(event["word"] == .text("größe"))
            #expect(event["raw"] == .text("a\\xff"))
            #expect(event["numbers"] == .numbers([-1, 0, 7]))
            let now = Int64(Date.now.timeIntervalSince1970 * 1e9)
            let time = try #require(event["when"]?.number)
            #expect(abs(now - time) < 60_000_000_000)

            let calls = (output.maps["calls"] ?? []).compactMap(\.fields)
            try #require(calls.count == 1)
            #expect(calls[0]["process"] == .number(process))
            #expect(calls[0]["color"] == .text("GREEN"))
            #expect(calls[0]["value"] == .number(Int64(2 * events.count)))
            let hits = try #require(output.maps["hits"]?.first)
            #expect(hits.buckets?.map(\.from) == [8])
            #expect(hits.buckets?.map(\.to) == [15])
            #expect(hits.buckets?.map(\.count) == [events.count])
            let samples = try #require(output.losses.first { $0.what.hasPrefix("samples") })
            #expect(samples.count > 20)
            #expect(output.messages.contains("entered runs at raw_tracepoint:sys_enter instead"))
            #expect(
                output.messages.contains(
                    "entered: raw_tracepoint:no_such_event cannot be used: "))
        }

        @Test(
            arguments: [
                (["--word", "too long"], 64, "--word: at most 7 bytes have room"),
                (["--of", "2147483648"], 64, "--of: 2147483648 does not fit 32 bits"),
                (["--event", "no_such"], 69, "raw_tracepoint:no_such: cannot attach"),
                (["--rate", "0"], 69, "sample:{rate} is no place"),
            ] as [([String], Int32, String)])
        func `says what does not fit`(
            options: [String], status: Int32, problem: String
        ) async throws {
            let result = try await run(
                try await bundle().path, ["--of", "1", "--duration", "1ms"] + options)
            #expect(result.status == status, "\(result)")
            #expect(result.standardError.contains(problem), "\(result)")
        }

        /// While nobody reads, a ring is soon full.
        @Test func `counts what had no room`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let process = try RunningProcess(bundle.path, ["--json"])
            try await process.waitForLine("its start", on: .standardError) {
                $0.hasSuffix("Ctrl-C ends")
            }
            process.signal(SIGSTOP)
            let shell = try RunningProcess(
                "/bin/sh", ["-c", "i=0; while [ $i -lt 1500 ]; do /bin/true; i=$((i+1)); done"])
            _ = try await shell.waitForExit(within: .seconds(60))
            process.signal(SIGCONT)
            process.signal(SIGINT)
            let output = try ObjectOutput(try await process.waitForExit().check())
            let seen = output.events.filter { $0["parent"] == .number(Int64(shell.processID)) }
            let lost = output.losses.filter { $0.what.hasPrefix("programs, as too many") }
            #expect(lost.count == 1)
            #expect(seen.count + (lost.first?.count ?? 0) >= 1_500)
            #expect((1..<1_500).contains(seen.count))
            #expect(output.messages.contains("uprof: lost: \(lost.first?.count ?? 0) programs"))
        }

        /// Where exceptions pass, no return address is changed; the program ends as it would.
        @Test func `does no harm to exceptions`() async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let target = try TestTarget("exceptions")
            let options = ["--mode", "inside", "--calls", "50"]
            var result: CommandResult?
            let output = try await bundle.run([
                "--binary", target.path, "--function", "catching_call",
            ]) {
                result = try await TestSupport.run(target.path, options)
            }
            #expect(result?.status == 14)
            #expect(try result?.truth().calls["catching_call"] == 50)
            #expect(
                output.maps["processes"]?.compactMap { $0.fields?["calls"] } == [.number(50)])
        }
    }
}
