import Foundation
import TestSupport
import Testing

extension Attaching {
    /// Hosts that lack something, or forbid it: what can be done is done, else the remedy is named.
    @Suite(
        .serialized,
        .enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
    struct PoorHostTests {
        private let scratch: ScratchDirectory

        init() throws {
            scratch = try ScratchDirectory()
        }

        /// Runs a shell script in a mount namespace of its own.
        private func unshared(_ script: String) async throws -> CommandResult {
            try await run("/usr/bin/unshare", ["-m", "/bin/sh", "-ec", script])
        }

        @Test(arguments: ["attach", "object"])
        func `a filter forbids BPF`(kind: String) async throws {
            let bundle =
                kind == "attach"
                ? try await PackagedUprof.build(scratch)
                : try await ObjectBundle("execsnoop", in: scratch).path
            let options = kind == "attach" ? ["--", "/bin/true"] : ["--duration", "1ms"]
            let result = try await run(
                TestTarget("denied").path, ["bpf", bundle] + options)
            #expect(result.status == 77, "\(result)")
            #expect(result.standardOutput.isEmpty)
            #expect(result.standardError.contains("a seccomp filter"), "\(result)")
        }

        /// Types and programs are files in memory; nothing has to be executed or written.
        @Test func `nothing can be written, nor executed where it could`() async throws {
            let types = try await PackagedUprof.ownTypes(scratch)
            let bundle = try await PackagedUprof.build(scratch, ["--json", "--btf", types])
            let target = try TestTarget("counter").path
            let result = try await unshared(
                """
                mount -t tmpfs none /sys/kernel/btf
                for place in /dev/shm /run /var/tmp; do
                    mount -t tmpfs -o ro,noexec none $place
                done
                mount --bind /tmp /tmp
                mount -o remount,bind,noexec /tmp
                mkdir -p /mnt && mount -t tmpfs none /mnt
                cp \(bundle) \(target) /mnt
                mount -o remount,ro /mnt
                cd /mnt
                exec ./bundle -- ./counter --calls 1000
                """)
            let measurement = try Measurement(result)
            #expect(try measurement.report.calls == ["counted_call": 1000])
            #expect(result.standardError.contains("from the bundle"))
        }

        @Test func `the file cannot be written`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let result = try await unshared(
                """
                mkdir -p /mnt && mount -t tmpfs -o ro none /mnt
                exec \(bundle.path) --duration 1ms -o /mnt/out.json
                """)
            #expect(result.status == 1)
            #expect(result.standardError.contains("/mnt/out.json: Read-only file system"))
            #expect(result.standardError.contains("write to a directory of your own with -o"))
        }

        /// A process that writes while there is no room left is told, too.
        @Test func `there is no room`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let result = try await run(
                "/bin/sh",
                [
                    "-ec",
                    """
                    \(bundle.path) --duration 10s -o /dev/full 2>\(scratch.file("errors")) & pid=$!
                    until grep -q 'Ctrl-C ends' \(scratch.file("errors")); do sleep 0.02; done
                    /bin/true
                    wait $pid
                    """,
                ])
            #expect(result.status == 1)
            #expect(try scratch.text(of: "errors").contains("cannot write /dev/full"))
        }

        @Test func `there is no tracefs`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let result = try await unshared(
                """
                while umount -l /sys/kernel/tracing 2>/dev/null; do :; done
                while umount -l /sys/kernel/debug 2>/dev/null; do :; done
                exec \(bundle.path) --duration 1ms
                """)
            #expect(result.status == 69, "\(result)")
            #expect(result.standardError.contains("mount -t tracefs tracefs /sys/kernel/tracing"))
        }

        @Test func `there is no proc`() async throws {
            let bundle = try await ObjectBundle("execsnoop", in: scratch)
            let result = try await unshared("umount -l /proc; exec \(bundle.path)")
            #expect(result.status == 69)
            #expect(result.standardError.contains("mount -t proc proc /proc"))
        }

        /// Processes have other numbers there than programs of the kernel know them by.
        @Test func `processes have numbers of their own`() async throws {
            let bundle = try await ObjectBundle("opensnoop", in: scratch)
            let result = try await run(
                "/usr/bin/unshare",
                [
                    "-p", "-f", "--mount-proc", "/bin/sh", "-ec",
                    "\(bundle.path) --pid $$ --duration 1ms",
                ]
            ).check()
            #expect(result.standardError.contains("this is a pid namespace of its own"))
        }

        /// Kernels without kprobes say so; others are as good for it.
        @Test func `a function of the kernel cannot be probed`() async throws {
            let isThere =
                FileManager.default.fileExists(
                    atPath: "/sys/bus/event_source/devices/kprobe/type")
            let manifest = try scratch.write(
                """
                format = 1
                name = "probed"
                version = "1"
                summary = ""
                [run]
                command = "object"
                [[programs]]
                name = "probed"
                attach = ["kprobe:schedule_no_such", "uprobe:/bin/sh:no_such"]
                """, to: "my.toml")
            let path = scratch.file("bundle")
            try await ObjectBundle.build(
                object: "\(TestTarget.buildDirectory)/btf/values.bpf.o", manifest: manifest,
                ["-o", path]
            ).check()
            let result = try await run(path, ["--duration", "1ms"])
            #expect(result.status == 69, "\(result)")
            let words = isThere ? "cannot probe" : "this kernel was built without kprobes"
            #expect(result.standardError.contains(words), "\(result)")
            #expect(result.standardError.contains("  uprobe:/bin/sh:no_such: "))
        }
    }
}
