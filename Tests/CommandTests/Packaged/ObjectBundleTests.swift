import Foundation
import TestSupport
import Testing

extension Attaching {
    /// Programs of others in bundles: the examples, with what really happens.
    @Suite(
        .serialized,
        .enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
    struct ObjectBundleTests {
        private let scratch: ScratchDirectory

        init() throws {
            scratch = try ScratchDirectory()
        }

        /// Runs a program to its end, and says which process it was.
        private func finish(_ program: String, _ arguments: [String]) async throws -> Int32 {
            let process = try RunningProcess(program, arguments)
            _ = try await process.waitForExit()
            return process.processID
        }

        @Test func `execsnoop sees each argument of a program`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let words = ["a b", "", "größe", "'\"$"]
            var processes: [Int32] = []
            let output = try await bundle.run([]) {
                for _ in 0..<3 { processes.append(try await finish("/bin/echo", words)) }
            }
            for process in processes {
                let events = output.events(of: process)
                #expect(events.count == 1, "\(output)")
                #expect(events.first?["arguments"] == .words(["/bin/echo"] + words))
                #expect(events.first?["comm"] == .text("echo"))
                #expect(events.first?["parent"] == .number(Int64(getpid())))
                #expect(events.first?["uid"] == .number(0))
                #expect(events.first?["cut"] == .number(0))
            }
            #expect(output.losses.isEmpty)
            #expect(output.messages.contains("types of the kernel: /sys/kernel/btf/vmlinux"))
        }

        @Test func `execsnoop says what had no room`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let word = String(repeating: "x", count: 3_000)
            var process: Int32 = 0
            let output = try await bundle.run(["--uid", "0"]) {
                process = try await finish("/bin/echo", [word])
            }
            let event = try #require(output.events(of: process).first)
            // The name, the word, and a zero behind each; 1,024 bytes have room.
            #expect(event["cut"] == .number(Int64(10 + 3_001 - 1_024)))
            #expect(
                event["arguments"] == .words(["/bin/echo", String(word.prefix(1_024 - 10))]))
            let others = try await bundle.run(["--uid", "65534"]) {
                process = try await finish("/bin/echo", [word])
            }
            #expect(others.events(of: process).isEmpty)
        }

        /// The tracepoint is hidden: the system call is looked at instead, which is said.
        @Test func `execsnoop takes an alternative`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let (output, errors) = (scratch.file("out.json"), scratch.file("errors"))
            let script = """
                for events in /sys/kernel/tracing/events /sys/kernel/debug/tracing/events; do
                    if [ -d $events/sched/sched_process_exec ]; then
                        mount -t tmpfs none $events/sched/sched_process_exec
                    fi
                done
                \(bundle.path) -o \(output) 2>\(errors) & pid=$!
                until grep -q 'Ctrl-C ends' \(errors); do sleep 0.02; done
                /bin/echo one 'two three'
                ! /bin/no-such-program
                kill -TERM $pid; wait $pid
                """
            try await TestSupport.run("/usr/bin/unshare", ["-m", "/bin/sh", "-ec", script]).check()
            let result = try ObjectOutput(
                json: try scratch.text(of: "out.json"), messages: try scratch.text(of: "errors"))
            let echoed = result.events.filter {
                $0["arguments"] == .words(["/bin/echo", "one", "two three"])
            }
            #expect(echoed.count == 1)
            for words in [
                "the program program_executed does not run: tracepoint:sched/sched_process_exec: "
                    + "this kernel has no such tracepoint",
                "execve_returned runs at tracepoint:syscalls/sys_exit_execve instead, "
                    + "in place of program_executed",
            ] { #expect(result.messages.contains(words), "\(result.messages)") }
        }

        @Test func `opensnoop sees what is opened, and what is not`() async throws {
            let bundle = try await ObjectBundle("opensnoop", in: scratch)
            let there = try scratch.write("", to: "there")
            let missing = scratch.file("missing")
            var process: Int32 = 0
            let output = try await bundle.run([]) {
                process = try await finish("/bin/cat", [there, missing])
            }
            let opened = output.events(of: process)
            #expect(opened.filter { $0["path"] == .text(there) }.count == 1)
            #expect(
                opened.filter { $0["path"] == .text(there) }.map { $0["result"] }
                    == [.number(3)])
            #expect(
                opened.filter { $0["path"] == .text(missing) }.map { $0["result"] }
                    == [.number(-2)])
            #expect(opened.allSatisfy { $0["comm"] == .text("cat") })
            #expect(output.losses.isEmpty)

            let failed = try await bundle.run(["--failed"]) {
                process = try await finish("/bin/cat", [there, missing])
            }
            #expect(!failed.events(of: process).contains { $0["path"] == .text(there) })
            #expect(failed.events(of: process).contains { $0["path"] == .text(missing) })
        }

        /// It ends with the process, too.
        @Test func `opensnoop looks at one process`() async throws {
            let bundle = try await ObjectBundle("opensnoop", in: scratch)
            let there = try scratch.write("", to: "there")
            let shell = try RunningProcess("/bin/sh")
            let process = try RunningProcess(
                bundle.path, ["--json", "--pid", "\(shell.processID)"])
            try await process.waitForLine("its start", on: .standardError) {
                $0.hasSuffix("Ctrl-C ends")
            }
            _ = try await finish("/bin/cat", [there])
            shell.sendLine("for i in 1 2 3; do : <\(there); done; exit")
            shell.closeInput()
            let output = try ObjectOutput(try await process.waitForExit().check())
            #expect(
                output.events.filter { $0["path"] == .text(there) }.map { $0["pid"] }
                    == Array(repeating: .number(Int64(shell.processID)), count: 3))
            #expect(output.events.count == output.events(of: shell.processID).count)
        }

        @Test(arguments: [1, 4])
        func `funclatency counts every call`(threads: Int) async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let target = try TestTarget("counter").path
            var process: Int32 = 0
            let output = try await bundle.run(["--binary", target, "--function", "counted_call"]) {
                process = try await finish(
                    target, ["--calls", "2000", "--threads", "\(threads)"])
            }
            let buckets = try #require(output.maps["durations"]?.first?.buckets)
            #expect(buckets.reduce(0) { $0 + $1.count } == 2_000)
            #expect(buckets.allSatisfy { $0.from == 0 || $0.to == 2 * $0.from - 1 })
            let processes = output.maps["processes"] ?? []
            #expect(processes.count == 1)
            #expect(processes.first?.fields?["key"] == .number(Int64(process)))
            #expect(processes.first?.fields?["calls"] == .number(2_000))
            #expect(output.losses.isEmpty, "\(output.losses)")
        }

        /// Of two processes of a program, one; the file is named as people do.
        @Test func `funclatency looks at one process`() async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let target = try TestTarget("counter")
            let process = try target.start(["--calls", "500", "--wait"])
            try await process.waitForLine("ready")
            let output = try await bundle.run([
                "--binary", "counter", "--function", "counted_call", "--pid",
                "\(process.processID)", "--duration", "60s",
            ]) {
                _ = try await finish(target.path, ["--calls", "300"])
                process.sendLine()
                _ = try await process.waitForExit()
            }
            #expect(
                output.maps["processes"]?.compactMap { $0.fields?["calls"] } == [.number(500)])
        }

        @Test func `bars are drawn into a file`() async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let target = try TestTarget("counter").path
            let path = scratch.file("out.txt")
            let output = try await TestSupport.run(
                bundle.path,
                [
                    "--binary", target, "--function", "counted_call", "--duration", "10ms", "-o",
                    path,
                ]
            ).check()
            #expect(output.standardOutput.isEmpty)
            #expect(output.standardError.contains("uprof: wrote \(path)"))
            let text = try scratch.text(of: "out.txt")
            #expect(text == "duration of calls: nothing\n\ncalls by process: nothing\n")
        }

        @Test func `takes the types of a kernel without`() async throws {
            let types = try await PackagedUprof.ownTypes(scratch)
            let bundle = try await ObjectBundle("execsnoop", in: scratch, ["--btf", types])
            let result = try await TestSupport.run(
                "/usr/bin/unshare",
                [
                    "-m", "/bin/sh", "-ec",
                    "mount -t tmpfs none /sys/kernel/btf; exec \(bundle.path) --duration 10ms",
                ]
            ).check()
            #expect(result.standardError.contains("from the bundle"))
        }

        /// A library by its name: not the text of that name, which is for linkers.
        @Test func `libraries are found`() async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let output = try await bundle.run(["--binary", "libc", "--function", "getenv"]) {
                _ = try await finish("/bin/ls", ["/"])
            }
            let calls = (output.maps["processes"] ?? []).compactMap { $0.fields?["calls"]?.number }
            #expect(calls.contains { $0 > 0 })
        }

        @Test func `explains itself`() async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let help = try await TestSupport.run(bundle.path, ["--help"]).check().standardOutput
            for words in [
                "OVERVIEW: Shows how long the calls",
                "funclatency --binary <text> --function <text> [options]",
                "  --pid <pid>             Only this process.", "  --require-signature <key>",
            ] { #expect(help.contains(words), "\(help)") }
            let text = try await PackagedUprof.package(["inspect", bundle.path]).check()
            #expect(text.standardOutput.contains("ends at uretprobe:{binary}:{function}; begins"))
            #expect(text.standardOutput.contains("object programs.bpf.o"))
            let json = try await PackagedUprof.package(["inspect", "--json", bundle.path]).check()
            #expect(
                json.standardOutput.contains(
                    #""programs": [{"name": "ends", "attach": ["uretprobe:{binary}:{function}"]}"#))
        }

        @Test(
            arguments: [
                ([], 64, "missing option --binary; see "),
                (["--what"], 64, "unknown option --what"),
                (["--binary", "/no/file", "--function", "f"], 69, "/no/file: no such file"),
                (
                    ["--binary", "no-such-name", "--function", "f"], 69,
                    "there is no no-such-name in PATH"
                ),
                (
                    ["--binary", "/bin/sh", "--function", "f", "--shift", "4294967296"], 64,
                    "--shift: "
                ),
                (["--binary", "sh", "--function", "f", "--pid", "4194304"], 1, "4194304"),
                (
                    ["--binary", "/bin/sh", "--function", "no_such"], 69,
                    "uretprobe:/bin/sh:no_such"
                ),
            ] as [([String], Int32, String)])
        func `says what is wrong with options`(
            options: [String], status: Int32, problem: String
        ) async throws {
            let bundle = try await ObjectBundle("funclatency", in: scratch)
            let result = try await TestSupport.run(bundle.path, options)
            #expect(result.status == status)
            #expect(result.standardOutput.isEmpty)
            #expect(result.standardError.contains(problem), "\(result)")
        }

        @Test func `asks for rights`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            try await TestSupport.run("/bin/chmod", ["755", scratch.path]).check()
            let result = try await TestSupport.run(
                try #require(Tool.path("setpriv")),
                ["--reuid=65534", "--regid=65534", "--clear-groups", bundle.path])
            #expect(result.status == 77)
            #expect(result.standardError.contains("run as root"))
        }
    }
}
