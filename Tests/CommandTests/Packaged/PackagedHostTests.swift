import TestSupport
import Testing

extension Counting {
    /// What a bundle says on hosts that keep something from it; each names what would help.
    @Suite(
        .serialized,
        .enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
    struct PackagedHostTests {
        /// A host that keeps something, and what becomes of a bundle there.
        struct Host: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// A shell command that makes it, and goes on with the bundle.
            let script: String
            var options: [String] = []
            let status: Int32
            let message: String
        }

        static let hosts = [
            Host(
                testDescription: "no privilege",
                script: "exec setpriv --reuid 65534 --clear-groups $bundle",
                status: 77, message: "run as root"),
            Host(
                testDescription: "no /proc", script: "umount -l /proc; exec $bundle",
                status: 69, message: "mount -t proc proc /proc"),
            Host(
                testDescription: "no tracefs",
                script: "mount -t tmpfs none /sys/kernel; exec $bundle",
                options: ["--object-family", "legacy", "--probes", "tracefs"],
                status: 69, message: "mount -t tracefs tracefs /sys/kernel/tracing"),
            Host(
                testDescription: "no /sys", script: "umount -l /sys; exec $bundle", status: 10,
                message: "from the bundle"),
            Host(
                testDescription: "bpf denied by seccomp", script: "exec /mnt/denied bpf $bundle",
                status: 77, message: "a seccomp filter is in force"),
            Host(
                testDescription: "perf_event_open denied by seccomp",
                script: "exec /mnt/denied perf_event_open $bundle", options: ["--probes", "pmu"],
                status: 77, message: "a seccomp filter is in force"),
            Host(
                testDescription: "read-only file system",
                script: "mount -o remount,ro,bind /mnt; exec $bundle",
                options: ["-o", "/mnt/out.json"],
                status: 1, message: "cannot create /mnt/out.json: Read-only file system"),
            Host(
                testDescription: "nothing in /tmp can be executed",
                script: "mount -t tmpfs -o noexec none /tmp; exec $bundle",
                status: 10, message: ""),
        ]

        @Test(arguments: hosts)
        func `says what it lacks`(host: Host) async throws {
            let scratch = try ScratchDirectory()
            let types = try await PackagedUprof.ownTypes(scratch)
            _ = try await PackagedUprof.build(scratch, ["--json", "--btf", types])
            let programs = try ["counter", "denied"].map { try TestTarget($0).path }
            let options = host.options.joined(separator: " ")
            let result = try await run(
                "/usr/bin/unshare",
                [
                    "-m", "/bin/sh", "-ec",
                    """
                    cd \(scratch.path)
                    cp \(programs.joined(separator: " ")) .
                    chmod 755 .
                    mount --bind . /mnt
                    cd /
                    bundle='/mnt/bundle \(options) -- /mnt/counter --calls 1000'
                    \(host.script)
                    """,
                ], within: .seconds(60))
            #expect(result.status == host.status, "\(result)")
            #expect(result.standardError.contains(host.message), "\(result)")
            // Either the program has not been started, or it has been measured.
            #expect(result.standardOutput.isEmpty == (host.status != 10), "\(result)")
        }
    }
}
