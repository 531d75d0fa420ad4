import Foundation
import TestSupport
import Testing

extension Counting {
    /// Bundles, as those meet them who are given one.
    @Suite(
        .serialized,
        .enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
    struct PackagedRunTests {
        private let scratch: ScratchDirectory

        init() throws {
            scratch = try ScratchDirectory()
        }

        private var target: [String] {
            get throws { ["--", try TestTarget("counter").path, "--calls", "1000"] }
        }

        /// Runs a shell script in a mount namespace of its own.
        private func unshared(_ script: String) async throws -> CommandResult {
            try await run(
                "/usr/bin/unshare", ["-m", "/bin/sh", "-ec", script], within: .seconds(60))
        }

        @Test func `counts every call with its own options`() async throws {
            let bundle = try await PackagedUprof.build(scratch, ["--json"])
            let measurement = try Measurement(try await run(bundle, try target))
            #expect(measurement.uprof.status == 10)
            #expect(try measurement.report.calls == ["counted_call": 1000])
            #expect(measurement.uprof.standardError.contains("/sys/kernel/btf/vmlinux"))
        }

        @Test func `the user's options replace its own`() async throws {
            let bundle = try await PackagedUprof.build(
                scratch, ["--json", "--duration", "1ms"], function: "no_such_function")
            let measurement = try Measurement(
                try await run(
                    bundle, ["--func", "counted_call", "--duration", "60s"] + target))
            #expect(try measurement.report.calls == ["counted_call": 1000])
        }

        /// A kernel that hides its types: those of the bundle do, and count the same.
        @Test(arguments: [[], ["--probes", "pmu"]])
        func `takes the types of a kernel without`(options: [String]) async throws {
            let types = try await PackagedUprof.ownTypes(scratch)
            let bundle = try await PackagedUprof.build(scratch, ["--json", "--btf", types])
            let words = try ([bundle] + options + target).joined(separator: " ")
            let result = try await unshared(
                "mount -t tmpfs none /sys/kernel/btf; exec \(words)")
            let measurement = try Measurement(result)
            #expect(result.standardError.contains("from the bundle"))
            #expect(try measurement.report.calls == ["counted_call": 1000])
        }

        @Test(
            .enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
        func `refuses a kernel it has no types of`() async throws {
            let other = "\(CentOSTypes.directory)/7/x86_64/3.10.0-1160.el7.x86_64.btf"
            let bundle = try await PackagedUprof.build(scratch, ["--btf", other])
            let words = try ([bundle] + target).joined(separator: " ")
            let result = try await unshared(
                "mount -t tmpfs none /sys/kernel/btf; exec \(words)")
            #expect(result.status == 69)
            #expect(result.standardError.contains("the bundle none for it"))
        }

        /// One changed byte, anywhere: nothing is run.
        @Test func `refuses to run when it was changed`() async throws {
            _ = try await PackagedUprof.build(scratch)
            var bytes = try scratch.bytes(of: "bundle")
            bytes[bytes.count - 300] ^= 1
            let changed = try scratch.write(bytes, to: "changed")
            try await run("/bin/chmod", ["+x", changed]).check()
            let result = try await run(changed, try target)
            #expect(result.status == 65)
            #expect(result.standardOutput.isEmpty)
            #expect(result.standardError.contains("is not the bundle that was built"))
        }

        @Test func `runs only with the signature that is demanded`() async throws {
            let bundle = try await PackagedUprof.build(scratch)
            let team = scratch.file("team")
            try await PackagedUprof.package(["keygen", "--no-password", "-o", team]).check()
            let demand = ["--require-signature", "\(team).pub", "--version"]
            #expect(try await run(bundle, demand).status == 65)
            try await PackagedUprof.package(["sign", "--secret-key", "\(team).key", bundle])
                .check()
            #expect(try await run(bundle, demand).check().standardOutput == "bundle 1.0\n")
            let checked = try await PackagedUprof.package([
                "run", "--public-key", "\(team).pub", bundle, "--", "--version",
            ]).check()
            #expect(checked.standardOutput == "bundle 1.0\n")
        }
    }
}
