import Foundation
import Glibc
import TestSupport
import Testing

/// `uprof btf`, as a user meets it.
@Suite(.enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct BTFCommandTests {
    private static let release = "3.10.0-1160.el7.x86_64"

    /// A hub with the CentOS files, indexed.
    private func hub() async throws -> ScratchDirectory {
        let scratch = try ScratchDirectory()
        try CentOSTypes.copy(to: scratch.path)
        let result = try await uprof(["index", scratch.path]).check()
        #expect(result.standardOutput == "79 usable, 0 left out, 79 examined\n")
        return scratch
    }

    private func uprof(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await UprofCommand.run(["btf"] + arguments, environment: environment)
    }

    @Test(
        .enabled(if: Capability.kernelTypes.isAvailable, "\(Capability.kernelTypes.reason)"))
    func `finds the types of this kernel in the kernel`() async throws {
        let result = try await uprof(["find"]).check()
        #expect(result.standardOutput.contains("file     /sys/kernel/btf/vmlinux\n"))
        #expect(result.standardOutput.contains("why      it is the running kernel's\n"))
    }

    @Test func `finds another host's types in a hub, and writes them`() async throws {
        let hub = try await hub()
        let result = try await uprof([
            "find", "--hub", hub.path, "--release", Self.release, "-o", hub.file("one.btf"),
        ]).check()
        #expect(result.standardOutput.hasPrefix("kernel   \(Self.release)\nfile     "))
        #expect(result.standardOutput.contains("why      same kernel release\n"))
        #expect(
            try hub.bytes(of: "one.btf")
                == hub.bytes(of: "centos/7/x86_64/\(Self.release).btf"))
    }

    @Test func `refuses a near match, names the nearest, and takes it when told`() async throws {
        let hub = try await hub()
        let query = ["find", "--hub", hub.path, "--release", "3.10.0-1160.0.9.el7.x86_64"]
        let refused = try await uprof(query)
        #expect(refused.status == 1)
        #expect(refused.standardOutput.isEmpty)
        #expect(refused.standardError.contains("  3.10.0-1160."))
        let allowed = try await uprof(query + ["--allow-nearest"]).check()
        #expect(allowed.standardOutput.contains("NEAREST kernel release, as allowed"))
    }

    @Test func `lists by distribution and architecture`() async throws {
        let hub = try await hub()
        let all = try await uprof([
            "list", "--hub", hub.path, "--distro", "centos/8", "--arch", "amd64",
        ]).check().standardOutput.split(separator: "\n")
        #expect(all.count == 13)
        #expect(all.allSatisfy { $0.contains("\tcentos\t8\tx86_64\t") })
        let none = try await uprof(["list", "--hub", hub.path, "--arch", "arm64"]).check()
        #expect(none.standardOutput.isEmpty)
    }

    @Test func `a file that has changed is found by verify`() async throws {
        let hub = try await hub()
        let sound = try await uprof(["verify", hub.path]).check()
        #expect(sound.standardOutput == "79 of 79 are right\n")
        let name = "centos/7/x86_64/\(Self.release).btf"
        try hub.write(try hub.bytes(of: "centos/8/x86_64/4.18.0-80.el8.x86_64.btf"), to: name)
        let changed = try await uprof(["verify", hub.path])
        #expect(changed.status == 1)
        #expect(changed.standardOutput == "78 of 79 are right\n")
        #expect(changed.standardError.contains("\(Self.release).btf has changed"))
    }

    @Test func `an export holds what the hub does`() async throws {
        let hub = try await hub()
        let file = hub.file("all.uprofbtf")
        let made = try await uprof(["export", "--hub", hub.path, "-o", file]).check()
        #expect(made.standardError.hasPrefix("uprof: 79 kernels, 9 distinct, "))
        let verified = try await uprof(["verify", file]).check()
        #expect(verified.standardOutput == "79 of 79 are right\n")
        let found = try await uprof([
            "find", "--export", file, "--release", Self.release, "-o", hub.file("one.btf"),
        ]).check()
        #expect(found.standardOutput.contains("why      same kernel release\n"))
        #expect(
            try hub.bytes(of: "one.btf")
                == hub.bytes(of: "centos/7/x86_64/\(Self.release).btf"))
    }

    @Test(
        .enabled(if: Capability.kernelTypes.isAvailable, "\(Capability.kernelTypes.reason)"))
    func `minimizes for an object`() async throws {
        let scratch = try ScratchDirectory()
        let object = "\(TestTarget.buildDirectory)/btf/fields.bpf.o"
        let result = try await uprof([
            "minimize", "--object", object, "--btf", "/sys/kernel/btf/vmlinux", "-o",
            scratch.file("min.btf"),
        ]).check()
        #expect(result.standardError.contains("0 of 9 relocations find nothing"))
        #expect(try scratch.bytes(of: "min.btf").count < 1_000)
    }

    /// Whoever ends an index run leaves the old index or a whole new one.
    @Test func `survives being killed while it indexes`() async throws {
        let scratch = try ScratchDirectory()
        for copy in 0..<20 {
            try FileManager.default.copyItem(
                atPath: CentOSTypes.directory, toPath: scratch.file("centos\(copy)"))
        }
        for delay in [5, 20, 60, 120] {
            let process = try UprofCommand.start(["btf", "index", scratch.path])
            try await Task.sleep(for: .milliseconds(delay))
            process.signal(SIGKILL)
            _ = try await process.waitForExit()
            let list = try await uprof(["list", "--hub", scratch.path])
            let lines = list.standardOutput.split(separator: "\n")
            #expect(list.status == 0 || list.standardError.contains("has no index"))
            #expect(lines.allSatisfy { $0.split(separator: "\t").count == 7 })
        }
        let whole = try await uprof(["index", scratch.path]).check()
        #expect(whole.standardOutput.hasPrefix("1580 usable, 0 left out, "))
    }

    @Test func `says what to install when pahole is missing`() async throws {
        let scratch = try ScratchDirectory()
        let image = try scratch.write("", to: "vmlinux")
        let result = try await uprof(
            ["generate", image, "-o", scratch.file("out.btf")],
            environment: ["PATH": scratch.path])
        #expect(result.status == 1)
        #expect(result.standardError.contains("apt-get install dwarves"))
        #expect(try scratch.names() == ["vmlinux"])
    }

    @Test func `says what is missing`() async throws {
        let usage = try await uprof(["minimize", "--btf", "x", "-o", "y"])
        #expect(usage.status == 64)
        let scratch = try ScratchDirectory()
        let hub = try await uprof(["list", "--hub", scratch.path])
        #expect(hub.status == 1)
        #expect(hub.standardError.contains("has no index; make it: uprof btf index"))
        let file = try await uprof([
            "minimize", "--object", "/no/such.o", "--btf", "/no/such.btf", "-o", "y",
        ])
        #expect(file.standardError == "uprof: /no/such.btf: no such file\n")
    }
}
