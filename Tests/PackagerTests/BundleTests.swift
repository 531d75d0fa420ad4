import Bytes
import Packager
import Symbolizer
import SystemPackage
import TestSupport
import Testing

/// What a bundle keeps, what it refuses, and what tools may do to it.
@Suite(.enabled(if: Capability.target("variant-static").isAvailable, "needs TestTargets"))
struct BundleTests {
    private let scratch: ScratchDirectory
    private let key = SecretKey()
    private let files: [(BundleEntry.Kind, String, [UInt8])] = [
        (.manifest, "manifest.toml", Array("name = \"probe\"\n".utf8)),
        (.object, "probe.bpf.o", [UInt8](repeating: 7, count: 1_001)),
        (.btf, "kernels.uprofbtf", [UInt8](repeating: 9, count: 33)),
        (.licence, "GPL-2.0", []),
        (.licence, "BSD-2-Clause", [UInt8](repeating: 9, count: 33)),
    ]

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func executable() throws -> ELFImage {
        try ELFImage(path: FilePath(try TestTarget("variant-static").path))
    }

    private func bundle(
        signed: Bool = false, reversed: Bool = false
    ) throws -> [UInt8] {
        var writer = BundleWriter(executable: try executable())
        for (kind, name, bytes) in reversed ? files.reversed() : files {
            try writer.add(kind, name: name, bytes: bytes)
        }
        guard signed else { return try writer.encoded() }
        return try writer.encoded { bytes in
            key.sign(bytes, trustedComment: BundleWriter.trustedComment)
        }
    }

    private func open(_ bytes: [UInt8]) throws -> Bundle {
        try Bundle(ELFImage(bytes: bytes, name: "b"))
    }

    /// All entries come back, equal contents are kept once.
    @Test func contents() throws {
        let bytes = try bundle()
        let bundle = try open(bytes)
        #expect(bundle.entries.count == files.count)
        for (kind, name, bytes) in files {
            let entry = try #require(bundle.entries(kind).first { $0.name == name })
            #expect(bundle.contents(of: entry).bytes.array == bytes)
        }
        #expect(!bundle.isRewritten)
        #expect(try bundle.signature() == nil)
        #expect(throws: SigningError.self) { try bundle.verify(key.publicKey) }
    }

    /// The order of adding does not matter, and nothing else is in it.
    @Test func sameInputSameBytes() throws {
        #expect(try bundle() == bundle(reversed: true))
    }

    /// A signed bundle is checked with the key's public half only, and by minisign as well.
    @Test func signed() async throws {
        let bytes = try bundle(signed: true)
        let bundle = try open(bytes)
        try bundle.verify(key.publicKey)
        #expect(throws: SigningError.self) { try bundle.verify(SecretKey().publicKey) }
        guard let minisign = Tool.path("minisign") else { return }
        try scratch.write(bundle.signedBytes.array, to: "signed")
        try scratch.write(try #require(try bundle.signature()).text, to: "signed.minisig")
        try await run(
            minisign, ["-V", "-m", "signed", "-P", key.publicKey.base64],
            directory: scratch.path
        ).check()
    }

    /// Signing afterwards, once or twice, gives what building with the key would have given.
    @Test func signedLater() throws {
        let built = try bundle(signed: true)
        let later = try BundleSigner(ELFImage(bytes: bundle(), name: "b")).signed(with: key)
        #expect(later == built)
        let other = SecretKey()
        let twice = try BundleSigner(ELFImage(bytes: later, name: "b")).signed(with: other)
        try open(twice).verify(other.publicKey)
        #expect(throws: SigningError.self) { try open(twice).verify(key.publicKey) }
    }

    /// The program in it still runs, whatever the file is called.
    @Test func stillRuns() async throws {
        let plain = try await run(TestTarget("variant-static").path, ["1"])
        let path = try scratch.write(try bundle(), to: "other name")
        try await run("/bin/chmod", ["+x", path]).check()
        #expect(try await run(path, ["1"]).termination == plain.termination)
    }

    /// One changed byte anywhere, of a bundle without and with a signature.
    @Test(arguments: [false, true]) func changedByte(signed: Bool) throws {
        let bytes = try bundle(signed: signed)
        var generator = SeededGenerator(seed: 11)
        let payload = bytes.count - 3_000
        let positions =
            (0..<500).map { _ in Int.random(in: bytes.indices, using: &generator) }
            + Array(stride(from: payload, to: bytes.count, by: 3))
        for position in positions {
            var changed = bytes
            changed[position] ^= UInt8.random(in: 1...255, using: &generator)
            #expect(throws: (any Error).self, "byte \(position)") {
                let opened = try open(changed)
                if signed { try opened.verify(key.publicKey) }
            }
        }
    }

    /// Cut off at any place, or with anything behind.
    @Test func truncatedAndExtended() throws {
        let bytes = try bundle(signed: true)
        for count in stride(from: 0, to: bytes.count, by: max(bytes.count / 300, 1)) {
            #expect(throws: (any Error).self) { try open(Array(bytes.prefix(count))) }
        }
        #expect(throws: BundleError.self) { try open(bytes + [0]) }
        #expect(throws: BundleError.self) { try open(bytes + bytes) }
    }

    /// `strip` may be run over an unsigned bundle, even twice; a signature no longer holds then.
    @Test func stripped() async throws {
        let path = try scratch.write(try bundle(signed: true), to: "bundle")
        for _ in 0..<2 {
            try await run("/usr/bin/strip", [path]).check()
            let bundle = try open(scratch.bytes(of: "bundle"))
            #expect(bundle.isRewritten)
            #expect(bundle.entries.count == files.count)
            #expect(throws: SigningError.self) { try bundle.verify(key.publicKey) }
        }
        #expect(throws: BundleError.self) { try open(scratch.bytes(of: "bundle") + [0]) }
    }

    /// What `objcopy` changes in the code after all is seen.
    @Test func strippedAndChanged() async throws {
        let path = try scratch.write(try bundle(), to: "bundle")
        try await run("/usr/bin/strip", [path]).check()
        var bytes = try scratch.bytes(of: "bundle")
        bytes[0x1000] ^= 1
        #expect(throws: BundleError.self) { try open(bytes) }
    }

    /// Names that could leave a directory, or mean two things.
    @Test(arguments: ["", "..", ".hidden", "a/b", "a b", "ä", String(repeating: "a", count: 256)])
    func badName(name: String) throws {
        var writer = BundleWriter(executable: try executable())
        #expect(throws: BundleError.self) { try writer.add(.object, name: name, bytes: []) }
    }

    /// What is no executable to carry around: one that needs libraries, one with a payload.
    @Test func badExecutable() throws {
        let dynamic = try ELFImage(path: "/bin/cat")
        #expect(throws: BundleError.self) { try BundleWriter(executable: dynamic).encoded() }
        let twice = try ELFImage(bytes: bundle(), name: "b")
        #expect(throws: BundleError.self) { try BundleWriter(executable: twice).encoded() }
        #expect(throws: BundleError.noPayload(file: "/bin/cat")) { try Bundle(dynamic) }
    }
}
