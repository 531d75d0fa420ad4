import Foundation
import Glibc
import TestSupport
import Testing

extension Sampling {
    /// What is refused, and with which status.
    @Suite struct BadRecordingTests {
        @Test(arguments: [
            ["--freq", "0"], ["--freq=-5"], ["--freq", "1000000000"], ["--freq", "1e9"],
            ["--freq", "99999999999999999999999"], ["--freq", "many"], ["--off-cpu", "--wall"],
            ["--min-block", "1ms"], ["--duration", "0s"], ["--duration", "0"],
            ["--duration=-1s"],
            ["-o", "out.unknown"], ["--backend", "magic"], ["--all"],
        ])
        func refusesBadOptions(options: [String]) async throws {
            let result = try await UprofCommand.run(["record", "--pid", "1"] + options)
            #expect(result.status == 64, "\(result)")
        }

        @Test func refusesNoTarget() async throws {
            let result = try await UprofCommand.run(["record"])
            #expect(result.status == 64)
            #expect(result.standardError.contains("--pid"))
        }

        @Test func namesAProcessThatIsNotThere() async throws {
            let process = try await TestTarget("shares").startWaiting()
            process.sendLine()
            process.signal(9)
            let gone = process.processID
            _ = try await process.waitForExit()
            let result = try await UprofCommand.run(["record", "--pid", "\(gone)"])
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains("\(gone)"))
        }

        @Test func namesACommandThatIsNotThere() async throws {
            let result = try await UprofCommand.run(["record", "--", "/no/such/program"])
            #expect(result.status == 1)
            #expect(result.standardError.contains("/no/such/program"))
        }

        @Test func refusesAThreadOfTheKernel() async throws {
            // kthreadd, the second process of every system; in a container there is none.
            let status = try? String(contentsOfFile: "/proc/2/status", encoding: .utf8)
            guard status?.contains("kthreadd") == true else { return }
            let result = try await UprofCommand.run(["record", "--pid", "2"])
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains("kernel"), "\(result)")
        }

        @Test func refusesAProcessThatHasExited() async throws {
            let parent = try RunningProcess("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 60"])
            defer { parent.signal(9) }
            let line = try await parent.waitForLine("a process id") { Int($0) != nil }
            try await Task.sleep(for: .milliseconds(500))
            let result = try await UprofCommand.run(["record", "--pid", line])
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains(line), "\(result)")
        }

        /// What cannot be written does not cost what can.
        @Test func writesWhatItCan() async throws {
            let directory = try ScratchDirectory()
            let full = directory.file("full.svg")
            try FileManager.default.createSymbolicLink(
                atPath: full, withDestinationPath: "/dev/full")
            let result = try await UprofCommand.run([
                "record", "--freq", "997", "-o", full, "-o", directory.file("out.folded"), "--",
                TestTarget("shares").path, "--milliseconds", "300",
            ])
            #expect(result.status != 0, "\(result)")
            #expect(result.standardError.contains(full), "\(result)")
            #expect(try directory.text(of: "out.folded").contains("half"), "\(result)")
        }

        /// What is known to be no place for a file is refused before anything is started.
        @Test func refusesWhereItCannotWrite() async throws {
            let directory = try ScratchDirectory()
            let started = directory.file("started")
            let result = try await UprofCommand.run([
                "record", "-o", "/no/such/directory/out.svg", "--", "/bin/touch", started,
            ])
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains("/no/such/directory/out.svg"), "\(result)")
            #expect(try directory.names().isEmpty)
        }

        /// Without /sys there are neither types nor a list of processors; there are samples.
        @Test func recordsWithoutSys() async throws {
            let directory = try ScratchDirectory()
            let words = try [
                UprofCommand.path(), "record", "--freq", "997", "-o", directory.file("out.folded"),
                "--", TestTarget("shares").path, "--milliseconds", "300",
            ].joined(separator: " ")
            let result = try await run(
                "/usr/bin/unshare", ["-m", "/bin/sh", "-ec", "umount -l /sys; exec \(words)"])
            #expect(result.status == 0, "\(result)")
            #expect(result.standardError.contains("sampling by perf events"), "\(result)")
            #expect(try directory.text(of: "out.folded").contains("half"), "\(result)")
        }

        /// Before the recording, a signal is its end as well: a result without samples.
        @Test func endsWhileSettingUp() async throws {
            let directory = try ScratchDirectory()
            let uprof = try UprofCommand.start([
                "record", "--all", "-o", directory.file("out.folded"),
            ])
            while !Self.blocksInterrupts(uprof.processID) {
                try await Task.sleep(for: .milliseconds(1))
            }
            uprof.signal(SIGINT)
            let result = try await uprof.waitForExit()
            #expect(result.status == 0, "\(result)")
            #expect(try directory.names() == ["out.folded"])
        }

        private static func blocksInterrupts(_ process: Int32) -> Bool {
            guard
                let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let line = text.split(separator: "\n").first(where: { $0.hasPrefix("SigBlk:") }),
                let mask = line.split(separator: "\t").last.flatMap({ UInt64($0, radix: 16) })
            else { return false }
            return mask >> (UInt64(SIGINT) - 1) & 1 == 1
        }

        /// Files that are not what their headers say: what is left of them is used.
        enum Damage: CaseIterable {
            /// The file is gone once it runs.
            case removed
            /// There are said to be more sections than the file has room for.
            case sections
            /// The unwind information is said to be somewhere else, and larger than the file.
            case unwindInformation
        }

        @Test(arguments: Damage.allCases)
        func recordsDamagedPrograms(damage: Damage) async throws {
            let directory = try ScratchDirectory()
            let original = FileManager.default.contents(atPath: try TestTarget("shares").path)
            var bytes = [UInt8](try #require(original))
            switch damage {
            case .removed: break
            case .sections: bytes.replaceSubrange(60..<62, with: [0xff, 0xfe])  // e_shnum
            case .unwindInformation:
                let headers = bytes.withUnsafeBytes {
                    Int($0.loadUnaligned(fromByteOffset: 40, as: UInt64.self))
                }
                for header in stride(from: headers, to: bytes.count - 63, by: 64)
                where bytes[header + 4] == 1 && bytes[header + 8] == 2 {
                    // A section of data that is only read: .eh_frame among others.
                    bytes.replaceSubrange(
                        header + 32..<header + 40, with: [0, 0, 0, 0, 0, 0xff, 0, 0])
                }
            }
            let path = try directory.write(bytes, to: "damaged")
            chmod(path, 0o755)
            let process = try RunningProcess(path, ["--milliseconds", "60000"])
            defer { process.signal(SIGKILL) }
            try await Task.sleep(for: .milliseconds(200))
            if damage == .removed { unlink(path) }
            let result = try await UprofCommand.run([
                "record", "--pid", "\(process.processID)", "--duration", "1s", "-o",
                directory.file("out.folded"),
            ])
            #expect(result.status == 0, "\(result)")
            let stacks = try Recording.stacks(of: try directory.text(of: "out.folded"))
            #expect(stacks.reduce(0) { $0 + $1.value } > 5, "\(result)")
        }

        /// A library that was cut off beneath its process.
        @Test func recordsBesideATruncatedLibrary() async throws {
            let directory = try ScratchDirectory()
            let library = try #require(
                FileManager.default.contents(atPath: try TestTarget("libplugin.so").path))
            let path = try directory.write([UInt8](library), to: "libplugin.so")
            let process = try RunningProcess(
                TestTarget("shares").path, ["--milliseconds", "60000"],
                environment: ["LD_PRELOAD": path])
            defer { process.signal(SIGKILL) }
            try await Task.sleep(for: .milliseconds(200))
            #expect(truncate(path, 100) == 0)
            let result = try await UprofCommand.run([
                "record", "--freq", "997", "--pid", "\(process.processID)", "--duration", "1s",
                "-o",
                directory.file("out.folded"),
            ])
            #expect(result.status == 0, "\(result)")
            let stacks = try Recording.stacks(of: try directory.text(of: "out.folded"))
            #expect(stacks.contains { $0.frames.contains("half") && $0.isWhole }, "\(result)")
        }

        /// A process may end at any moment of the set-up: then there is a result, or a reason.
        @Test(arguments: [0, 10, 30, 60, 100, 150, 250])
        func survivesTheEndOfTheProcess(milliseconds: Int) async throws {
            let directory = try ScratchDirectory()
            let process = try RunningProcess(
                "/bin/sleep", [String(format: "%.3f", Double(milliseconds) / 1000)])
            let result = try await UprofCommand.run([
                "record", "--pid", "\(process.processID)", "-o", directory.file("out.folded"),
            ])
            _ = try await process.waitForExit()
            if result.status == 0 {
                #expect(try directory.names() == ["out.folded"])
            } else {
                #expect(result.status == 1, "\(result)")
                #expect(result.standardError.contains("\(process.processID)"), "\(result)")
            }
        }
    }
}
