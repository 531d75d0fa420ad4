import Foundation
import Glibc
import TestSupport
import Testing

extension Counting {
    /// Kernels without type information: what stands in for it, and what is said if nothing does.
    @Suite(
        .serialized,
        .enabled(
            if: Capability.kernelTypes.and(.tool("unshare")).isAvailable,
            "\(Capability.kernelTypes.and(.tool("unshare")).reason)"))
    struct HiddenTypesTests {
        private static let kernelTypes = "/sys/kernel/btf/vmlinux"

        /// Runs uprof where the kernel's types are not to be seen.
        private static func run(
            _ arguments: [String], hub: String
        ) async throws -> CommandResult {
            let script = "mount -t tmpfs none /sys/kernel/btf && exec \"$0\" \"$@\""
            return try await TestSupport.run(
                try #require(Tool.path("unshare")),
                ["-m", "/bin/sh", "-c", script, try UprofCommand.path()] + arguments,
                environment: ["UPROF_BTF_HUB": hub])
        }

        /// Counts the calls of a program.
        private static func count(_ options: [String], hub: String) async throws -> Measurement {
            let counter = try TestTarget("counter").path
            return try Measurement(
                try await run(
                    ["attach", "--json", "--func", "counted_call"] + options
                        + ["--", counter, "--calls", "2000"], hub: hub))
        }

        /// A copy of the kernel's types, outside of what is hidden.
        private static func copy(to name: String, in scratch: ScratchDirectory) throws {
            try scratch.write(try Data(contentsOf: URL(filePath: kernelTypes)), to: name)
        }

        @Test func countsExactlyWithAFile() async throws {
            let scratch = try ScratchDirectory()
            try Self.copy(to: "kernel.btf", in: scratch)
            let measurement = try await Self.count(
                ["--btf", scratch.file("kernel.btf")], hub: scratch.path)
            let report = try measurement.report
            #expect(report.calls == ["counted_call": 2_000])
            #expect(report.losses == [:])
        }

        @Test func countsExactlyWithAHub() async throws {
            let scratch = try ScratchDirectory()
            var name = utsname()
            uname(&name)
            let release = withUnsafeBytes(of: name.release) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            try Self.copy(to: "\(release).btf", in: scratch)
            try await UprofCommand.run(["btf", "index", "--quiet", scratch.path]).check()
            let measurement = try await Self.count([], hub: scratch.path)
            #expect(try measurement.report.calls == ["counted_call": 2_000])

            let doctor = try await Self.run(["doctor"], hub: scratch.path)
            #expect(doctor.status == 0, "\(doctor)")
            #expect(doctor.standardOutput.contains("\(release).btf (same kernel release)"))
        }

        @Test func recordsWithAFile() async throws {
            let scratch = try ScratchDirectory()
            try Self.copy(to: "kernel.btf", in: scratch)
            let chain = try TestTarget("unwinding/chain-pie").path
            let result = try await Self.run(
                [
                    "record", "--backend", "bpf", "--freq", "499", "--btf",
                    scratch.file("kernel.btf"), "--", chain, "--milliseconds", "300",
                ], hub: scratch.path)
            #expect(result.status == 0, "\(result)")
            #expect(result.standardOutput.contains("burn"), "\(result)")
        }

        /// Samples can be had without, which is said.
        @Test func recordsByPerfEvents() async throws {
            let scratch = try ScratchDirectory()
            let chain = try TestTarget("unwinding/chain-pie").path
            let result = try await Self.run(
                ["record", "--freq", "499", "--", chain, "--milliseconds", "300"],
                hub: scratch.path)
            #expect(result.status == 0, "\(result)")
            #expect(result.standardOutput.contains("main;run_chain;plain_a"), "\(result)")
            #expect(result.standardError.contains("sampling by perf events"), "\(result)")
        }

        @Test(arguments: [
            ["attach", "--func", "counted_call"], ["record", "--backend", "bpf"],
            ["record", "--off-cpu"],
        ])
        func saysWhatWouldHelp(command: [String]) async throws {
            let scratch = try ScratchDirectory()
            let counter = try TestTarget("counter").path
            let result = try await Self.run(command + ["--", counter], hub: scratch.path)
            #expect(result.status == 69, "\(result)")
            #expect(result.standardOutput.isEmpty)
            for remedy in ["no type information (BTF)", "--btf FILE", "uprof btf fetch"] {
                #expect(result.standardError.contains(remedy), "\(result)")
            }
            let doctor = try await Self.run(["doctor"], hub: scratch.path)
            #expect(doctor.status == 69, "\(doctor)")
            #expect(doctor.standardOutput.contains("--btf FILE"), "\(doctor)")
        }

        @Test func refusesAFileThatIsNone() async throws {
            let scratch = try ScratchDirectory()
            let path = try scratch.write("no types", to: "kernel.btf")
            let counter = try TestTarget("counter").path
            let result = try await Self.run(
                ["attach", "--func", "counted_call", "--btf", path, "--", counter],
                hub: scratch.path)
            #expect(result.status == 1, "\(result)")
            #expect(result.standardError.contains(path), "\(result)")
        }
    }
}
