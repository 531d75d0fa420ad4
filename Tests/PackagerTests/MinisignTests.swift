import Packager
import TestSupport
import Testing

/// Keys and signatures that `minisign` makes and checks.
@Suite(.enabled(if: Capability.tool("minisign").isAvailable, "minisign is not installed"))
struct MinisignTests {
    private let scratch: ScratchDirectory
    private let minisign: String

    init() throws {
        scratch = try ScratchDirectory()
        minisign = try #require(Tool.path("minisign"))
        try scratch.write("what is signed\n", to: "message")
    }

    private func run(_ arguments: String..., input: String = "") async throws -> CommandResult {
        try await TestSupport.run(
            minisign, arguments, input: input, directory: scratch.path)
    }

    private func verify(_ key: PublicKey) throws {
        let signature = try Signature(
            parsing: scratch.text(of: "message.minisig"), file: "message.minisig")
        let message = try scratch.bytes(of: "message")
        try key.verify(signature, of: message.span.bytes, named: "message")
    }

    /// `minisign -V` accepts our signature with our public key.
    @Test func checksOurs() async throws {
        let key = SecretKey()
        let message = try scratch.bytes(of: "message")
        let signature = key.sign(message.span.bytes, trustedComment: "made by uprof")
        try scratch.write(signature.text, to: "message.minisig")
        try scratch.write(key.publicKey.text, to: "key.pub")
        let result = try await run("-V", "-p", "key.pub", "-m", "message").check()
        #expect(result.standardOutput.contains("made by uprof"))
        try scratch.write("what was signed\n", to: "message")
        #expect(try await run("-V", "-p", "key.pub", "-m", "message").status == 1)
    }

    /// Both of its forms of signature, by its own keys.
    @Test(arguments: ["-H", "-l"]) func itsSignatures(form: String) async throws {
        try await run("-G", "-W", "-p", "key.pub", "-s", "key").check()
        try await run("-S", form, "-s", "key", "-m", "message", "-t", "comment").check()
        try verify(PublicKey(parsing: scratch.text(of: "key.pub"), file: "key.pub"))
    }

    /// Its encrypted secret key opens here, and signs what it accepts.
    @Test func itsSecretKey() async throws {
        try await run("-G", "-p", "key.pub", "-s", "key", input: "secret\nsecret\n").check()
        let file = try SecretKeyFile(parsing: scratch.text(of: "key"), file: "key")
        #expect(file.isEncrypted)
        let key = try file.open(password: "secret")
        let message = try scratch.bytes(of: "message")
        try scratch.write(
            key.sign(message.span.bytes, trustedComment: "").text, to: "message.minisig")
        try await run("-V", "-p", "key.pub", "-m", "message").check()
    }

    /// Our secret keys, encrypted and not, sign there.
    @Test(arguments: ["secret", nil]) func ourSecretKey(password: String?) async throws {
        let key = SecretKey()
        let file = try SecretKeyFile(key, password: password)
        try scratch.write(file.text, to: "key")
        try await run("-S", "-s", "key", "-m", "message", input: "secret\n").check()
        try verify(key.publicKey)
    }
}
