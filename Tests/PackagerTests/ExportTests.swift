import Bytes
import Packager
import Symbolizer
import SystemPackage
import TestSupport
import Testing

/// The forms a bundle is handed on in, read by the tools they are for.
@Suite(.enabled(if: Capability.target("variant-static").isAvailable, "needs TestTargets"))
struct ExportTests {
    private let scratch: ScratchDirectory
    private let package: ExportedPackage
    private let bundle: [UInt8]

    init() throws {
        scratch = try ScratchDirectory()
        let executable = try ELFImage(path: FilePath(TestTarget("variant-static").path))
        var writer = BundleWriter(executable: executable)
        try writer.add(.object, name: "probe.bpf.o", bytes: [1, 2, 3])
        bundle = try writer.encoded()
        package = try ExportedPackage(
            name: "malloc-latency", version: "1.2", summary: "Times \"malloc\", 100% of it",
            machine: PackageMachine(executable.machine), executable: bundle,
            licences: [("GPL-2.0", Array("licence\n".utf8))], date: 1_700_000_000)
    }

    private func export(_ format: PackageFormat) throws -> String {
        let path = scratch.file("package.\(format.rawValue)")
        try Exporter(package).write(format, to: path)
        return path
    }

    private func require(_ tool: String) throws -> String {
        try #require(Tool.path(tool), "\(tool) is not installed")
    }

    private func expectBundle(at path: String) async throws {
        #expect(try scratch.bytes(of: path) == bundle)
        let result = try await run(scratch.file(path), ["1"])
        #expect(
            result.termination == (try await TestTarget("variant-static").run(["1"])).termination)
    }

    /// GNU tar unpacks the files with their modes.
    @Test func tar() async throws {
        let path = try export(.tar)
        let list = try await run(try require("tar"), ["-tvf", path]).check().standardOutput
        #expect(list.contains("-rwxr-xr-x root/root"))
        #expect(list.contains("2023-11-14"))
        try await run(try require("tar"), ["-C", scratch.path, "-xf", path]).check()
        try await expectBundle(at: "usr/bin/malloc-latency")
        #expect(try scratch.text(of: "usr/share/doc/malloc-latency/GPL-2.0") == "licence\n")
    }

    /// The same package has the same bytes, whenever it is made.
    @Test(arguments: [PackageFormat.tar, .deb, .rpm]) func deterministic(
        format: PackageFormat
    ) async throws {
        if format == .rpm { _ = try require("rpmbuild") }
        let first = scratch.file("first")
        let second = scratch.file("second")
        try Exporter(package).write(format, to: first)
        try await Task.sleep(for: .milliseconds(1_100))
        try Exporter(package).write(format, to: second)
        #expect(try scratch.bytes(of: "first") == scratch.bytes(of: "second"))
    }

    /// `dpkg` lists, checks and unpacks a deb; `lintian` finds no error in its form.
    @Test(.enabled(if: Capability.tool("dpkg-deb").isAvailable, "dpkg is not installed"))
    func deb() async throws {
        let path = try export(.deb)
        let list = try await run("/usr/bin/dpkg", ["--contents", path]).check().standardOutput
        #expect(list.contains("./usr/bin/malloc-latency"))
        let fields = try await run("/usr/bin/dpkg-deb", ["--info", path]).check().standardOutput
        #expect(fields.contains("Architecture: amd64"))
        let root = scratch.file("root")
        try await run("/usr/bin/dpkg-deb", ["-x", path, root]).check()
        try await expectBundle(at: "root/usr/bin/malloc-latency")
    }

    /// `rpm` checks, lists and unpacks an rpm.
    @Test(.enabled(if: Capability.tool("rpmbuild").isAvailable, "rpmbuild is not installed"))
    func rpm() async throws {
        let path = try export(.rpm)
        let rpm = try require("rpm")
        #expect(try await run(rpm, ["-K", path]).check().standardOutput.contains("OK"))
        let list = try await run(rpm, ["-qlp", path]).check().standardOutput
        #expect(list.contains("/usr/bin/malloc-latency"))
        let query = ["-qp", "--qf", "%{PAYLOADCOMPRESSOR} %{SUMMARY}", path]
        #expect(
            try await run(rpm, query).check().standardOutput
                == "xz Times \"malloc\", 100% of it")
        let unpack = "cd \(scratch.path) && rpm2cpio \(path) | cpio -id --quiet"
        try await run("/bin/sh", ["-c", unpack]).check()
        try await expectBundle(at: "usr/bin/malloc-latency")
    }

    /// The systems' own installers put it into a root that has nothing else, where it runs.
    @Test(
        .enabled(if: Capability.root.isAvailable, "\(Capability.root.reason)"),
        .enabled(
            if: Capability.tool("dpkg").and(.tool("rpmbuild")).isAvailable,
            "dpkg and rpmbuild are not installed"),
        arguments: [PackageFormat.deb, .rpm])
    func installed(format: PackageFormat) async throws {
        let path = try export(format)
        let root = scratch.file("root")
        let install =
            format == .deb
            ? """
            mkdir -p \(root)/var/lib/dpkg/info \(root)/var/lib/dpkg/updates
            touch \(root)/var/lib/dpkg/status
            dpkg --root=\(root) -i \(path)
            """
            : """
            mkdir \(root)
            rpm --root \(root) --initdb
            rpm --root \(root) --nodeps -i \(path)
            """
        try await run("/bin/sh", ["-ec", install]).check()
        #expect(try scratch.bytes(of: "root/usr/bin/malloc-latency") == bundle)
        let result = try await run(
            try require("chroot"), [root, "/usr/bin/malloc-latency", "1"])
        #expect(
            result.termination == (try await TestTarget("variant-static").run(["1"])).termination)
    }

    /// `skopeo` pushes the layout to a registry on loopback and pulls it back; it still runs.
    @Test(
        .enabled(
            if: Capability.tool("skopeo").and(.tool("docker-registry")).isAvailable,
            "skopeo and docker-registry are not installed"))
    func oci() async throws {
        let path = try export(.oci)
        let skopeo = try require("skopeo")
        let registry = try await Registry(in: scratch)
        let remote = "docker://localhost:\(registry.port)/tools/malloc-latency:1.2"
        try await run(
            skopeo,
            [
                "--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false",
                "oci:\(path):1.2", remote,
            ]
        ).check()
        let pulled = scratch.file("pulled")
        try await run(
            skopeo,
            [
                "--insecure-policy", "copy", "--src-tls-verify=false", remote, "dir:\(pulled)",
            ]
        ).check()
        let manifest = try scratch.text(of: "pulled/manifest.json")
        #expect(manifest.contains("application/vnd.uprof.bundle.v1"))
        let unpack = "for blob in \(pulled)/*; do tar -C \(scratch.path) -xf $blob; done"
        _ = try await run("/bin/sh", ["-c", unpack])
        try await expectBundle(at: "usr/bin/malloc-latency")
    }

    /// Names that no package can have.
    @Test(arguments: [("", "1"), ("A", "1"), ("a/b", "1"), ("ab", ""), ("ab", "v1"), ("ab", "1 2")])
    func badNames(name: String, version: String) {
        #expect(throws: ExportError.self) {
            try ExportedPackage(
                name: name, version: version, summary: "", machine: .x86_64, executable: [],
                licences: [])
        }
    }

    /// What cannot be written is told with its path, and nothing is left.
    @Test func unwritable() throws {
        #expect(throws: ExportError.self) {
            try Exporter(package).write(.tar, to: scratch.file("none/package.tar"))
        }
        #expect(try scratch.names().isEmpty)
    }
}
