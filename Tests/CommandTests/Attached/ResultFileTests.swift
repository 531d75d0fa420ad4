import Foundation
import TestSupport
import Testing

extension Attaching {
    /// Result files: their format by extension, all of it or nothing.
    @Suite(.serialized) struct ResultFileTests {
        @Test func writesEachFormatByItsExtension() async throws {
            let directory = try ScratchDirectory()
            let files = ["a.json", "b.txt", "c.folded", "d.svg"]
            let result = try await UprofCommand.run(
                ["attach", "--func", "stack_leaf"] + files.flatMap { ["-o", $0] }
                    + ["--", TestTarget("stacks").path],
                directory: directory.path)
            #expect(result.status == 21)
            #expect(try directory.names() == files)
            let json = try directory.text(of: "a.json")
            #expect(json.hasPrefix(#"{"schema": "uprof.attach/1""#))
            #expect(json.contains(#""calls": 400"#))
            #expect(result.standardOutput.hasSuffix(try directory.text(of: "b.txt")))
            #expect(try directory.text(of: "c.folded").contains("stack_b;stack_leaf 300\n"))
            #expect(try directory.text(of: "d.svg").hasPrefix("<?xml"))
        }

        /// Slow calls as a trace, which needs a limit.
        @Test func writesSlowCallsAsATrace() async throws {
            let directory = try ScratchDirectory()
            let arguments = ["attach", "--func", "stack_leaf", "-o", "a.trace.json"]
            let command = ["--", try TestTarget("stacks").path]
            let refused = try await UprofCommand.run(arguments + command)
            #expect(refused.status == 64)
            #expect(refused.standardError.contains("give --slower-than"))
            let result = try await UprofCommand.run(
                arguments + ["--slower-than", "1ns"] + command, directory: directory.path)
            #expect(result.status == 21)
            let trace = try directory.text(of: "a.trace.json")
            #expect(trace.contains(#""ph": "X", "name": "stack_leaf""#))
            #expect(trace.contains(#""name": "thread_name""#))
        }

        /// A file that is there already is replaced, not appended to.
        @Test func replacesAnEarlierFile() async throws {
            let directory = try ScratchDirectory()
            try directory.write(String(repeating: "old ", count: 10_000), to: "out.folded")
            _ = try await Attach.command(
                "stacks", functions: ["stack_leaf"],
                options: ["--folded", directory.file("out.folded")])
            #expect(!(try directory.text(of: "out.folded").contains("old")))
        }

        /// A device that is full: one line, exit 1, and the results that can be had are had.
        @Test func saysThatADeviceIsFull() async throws {
            let result = try await UprofCommand.run([
                "attach", "--func", "stack_leaf", "--folded", "/dev/full", "--",
                try TestTarget("stacks").path,
            ])
            #expect(result.status == 1)
            #expect(result.standardError.contains("cannot write /dev/full: No space left"))
            #expect(result.standardOutput.contains("stack_leaf"))
        }

        /// The same for a table on a full stdout.
        @Test func saysThatStandardOutputIsFull() async throws {
            let uprof = try UprofCommand.path()
            let target = try TestTarget("variant-pie").path
            let result = try await run(
                "/bin/sh",
                [
                    "-c",
                    "'\(uprof)' attach --func variant_inner -o /dev/null.txt -- '\(target)' >/dev/full",
                ]
            )
            #expect(result.status == 1)
            #expect(result.standardError.contains("/dev/null.txt"))
            #expect(
                result.standardError.contains("cannot write to stdout: No space left on device"))
        }

        /// On a full file system nothing half-written is left, and an earlier file stays as it was.
        @Test func leavesNothingHalfWrittenOnAFullDisk() async throws {
            let directory = try ScratchDirectory()
            let disk = directory.file("disk")
            try FileManager.default.createDirectory(
                atPath: disk, withIntermediateDirectories: false)
            try await run(
                try #require(Tool.path("mount")),
                ["-t", "tmpfs", "-o", "size=16k", "tmpfs", disk]
            ).check()
            let result = try await Self.fill(directory)
            let names = try FileManager.default.contentsOfDirectory(atPath: disk)
            let kept = try directory.text(of: "disk/out.svg")
            try await run(try #require(Tool.path("umount")), [disk]).check()
            #expect(result.status == 1)
            #expect(result.standardError.contains("cannot write \(disk)/out.svg: No space left"))
            #expect(names == ["out.svg"])
            #expect(kept == "earlier")
        }

        /// Writes an SVG, which is larger than the disk.
        private static func fill(_ directory: ScratchDirectory) async throws -> CommandResult {
            try directory.write("earlier", to: "disk/out.svg")
            return try await UprofCommand.run([
                "attach", "--func", "stack_leaf", "-o", directory.file("disk/out.svg"), "--",
                try TestTarget("stacks").path,
            ])
        }

        /// A reader that goes away early is no error: files are written, and the process goes on.
        @Test func endsQuietlyWhenTheReaderHasGone() async throws {
            let directory = try ScratchDirectory()
            let process = try await TestTarget("counter").startWaiting([
                "--calls", "20000", "--gap-us", "1000",
            ])
            process.sendLine()
            let uprof = try UprofCommand.path()
            let result = try await run(
                "/bin/sh",
                [
                    "-c",
                    "('\(uprof)' attach --quiet --interval 50ms --func counted_call"
                        + " -o '\(directory.file("out.folded"))' --pid \(process.processID);"
                        + " echo status $? >&2) | head -n 1",
                ])
            #expect(result.standardOutput.split(separator: "\n").count == 1)
            #expect(result.standardError == "status 0\n")
            #expect(try directory.text(of: "out.folded").contains(";counted_call "))
            #expect(process.isRunning)
        }

        /// A reader that has gone hides no other failure, nor the end of the command.
        @Test func tellsOfAFileThatFailsWhenTheReaderHasGone() async throws {
            let (uprof, counter) = (try UprofCommand.path(), try TestTarget("counter").path)
            let result = try await run(
                "/bin/sh",
                [
                    "-c",
                    "('\(uprof)' attach --quiet --interval 50ms --folded /dev/full"
                        + " --func counted_call -- '\(counter)' --calls 500 --gap-us 1000;"
                        + " echo status $? >&2) | true",
                ])
            #expect(result.standardError.contains("cannot write /dev/full"))
            #expect(result.standardError.hasSuffix("status 1\n"))
        }
    }
}
