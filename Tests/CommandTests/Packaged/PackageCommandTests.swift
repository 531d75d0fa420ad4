import Foundation
import TestSupport
import Testing

/// `uprof package`, as those meet it who build bundles.
@Suite(.enabled(if: PackagedUprof.capability.isAvailable, "\(PackagedUprof.capability.reason)"))
struct PackageCommandTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func keys(_ name: String) async throws -> (secret: String, shared: String) {
        let path = scratch.file(name)
        try await PackagedUprof.package(["keygen", "--no-password", "-o", path]).check()
        return ("\(path).key", "\(path).pub")
    }

    /// The same input gives the same bytes, and inspect shows what went in.
    @Test func `builds the same bundle twice`() async throws {
        let options = ["--stacks", "--duration", "30s", "--name", "calls"]
        let first = try await PackagedUprof.build(scratch, options, name: "first")
        _ = try await PackagedUprof.build(scratch, options, name: "second")
        #expect(try scratch.bytes(of: "first") == scratch.bytes(of: "second"))
        let text = try await PackagedUprof.package(["inspect", first]).check().standardOutput
        #expect(
            text.contains("runs        uprof attach --func counted_call --stacks --duration 30s"))
        let json = try await PackagedUprof.package(["inspect", "--json", first]).check()
        #expect(json.standardOutput.contains("\"name\": \"calls\""))
    }

    @Test(
        .enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
    func `carries the types of a whole hub`() async throws {
        let hub = scratch.file("hub")
        try FileManager.default.createDirectory(atPath: hub, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: CentOSTypes.directory, toPath: "\(hub)/centos")
        try await UprofCommand.run(["btf", "index", hub]).check()
        let plain = try await PackagedUprof.build(scratch, name: "plain")
        let whole = try await PackagedUprof.build(scratch, ["--hub", hub], name: "whole")
        let text = try await PackagedUprof.package(["inspect", whole]).check().standardOutput
        #expect(text.contains("kernels     79, with "))
        let sizes = try [plain, whole].map { try FileManager.default.attributesOfItem(atPath: $0) }
            .compactMap { $0[.size] as? Int }
        #expect(sizes[1] - sizes[0] < 64 << 10, "79 kernels in at most 64 kB")
    }

    @Test func `says whether a signature is right`() async throws {
        let bundle = try await PackagedUprof.build(scratch)
        let (secret, shared) = try await keys("team")
        let other = try await keys("other").shared
        let unsigned = try await PackagedUprof.package(["verify", bundle]).check()
        #expect(unsigned.standardOutput.hasSuffix(": whole, unsigned\n"))
        let demanded = try await PackagedUprof.package(["verify", "--public-key", shared, bundle])
        #expect(demanded.status == 65)
        try await PackagedUprof.package(["sign", "--secret-key", secret, bundle]).check()
        let valid = try await PackagedUprof.package(["verify", "--public-key", shared, bundle])
            .check()
        #expect(valid.standardOutput.contains(": valid, signed with key "))
        let wrong = try await PackagedUprof.package(["verify", "--public-key", other, bundle])
        #expect(wrong.status == 65)
        #expect(wrong.standardError.contains("not with the expected"))
    }

    /// Keys are kept from others, and never overwritten.
    @Test func `looks after secret keys`() async throws {
        let bundle = try await PackagedUprof.build(scratch)
        let secret = try await keys("team").secret
        let again = try await PackagedUprof.package([
            "keygen", "--no-password", "-o", scratch.file("team"),
        ])
        #expect(again.status == 1)
        #expect(again.standardError.contains("is not overwritten"))
        try await run("/bin/chmod", ["0640", secret]).check()
        let open = try await PackagedUprof.package(["sign", "--secret-key", secret, bundle])
        #expect(open.status == 1)
        #expect(open.standardError.contains("chmod 600"))
    }

    @Test(arguments: [
        ["--attach", "f", "--nonsense"], ["--record", "--freq", "0"],
        ["--attach", "f", "--record"],
        [],
    ])
    func `refuses options that the command would refuse`(options: [String]) async throws {
        let result = try await PackagedUprof.package(
            ["build"] + options + ["-o", scratch.file("bundle")])
        #expect(result.status == 64)
        #expect(try scratch.names().isEmpty)
    }

    /// The types are for the very programs in the bundle.
    @Test func `refuses another executable`() async throws {
        let target = try TestTarget("variant-static").path
        let result = try await PackagedUprof.package([
            "build", "--attach", "f", "--executable", target, "-o", scratch.file("bundle"),
        ])
        #expect(result.status == 1)
        #expect(result.standardError.contains("is no uprof, or another build"))
    }

    @Test func `exports what is installed`() async throws {
        let bundle = try await PackagedUprof.build(scratch, ["--name", "calls"])
        let archive = scratch.file("calls.tar")
        try await PackagedUprof.package(["export", bundle, "--format", "tar", "-o", archive])
            .check()
        try await run("/bin/tar", ["-C", scratch.path, "-xf", archive]).check()
        #expect(try scratch.bytes(of: "usr/bin/calls") == scratch.bytes(of: "bundle"))
        #expect(try scratch.text(of: "usr/share/doc/calls/LIBRARIES").contains("libbpf"))
    }
}
