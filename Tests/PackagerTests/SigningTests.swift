import Packager
import TestSupport
import Testing

/// Keys and signatures of our own, and what is not accepted.
struct SigningTests {
    private let message = Array("a bundle, or what stands for one".utf8)
    private let key = SecretKey()

    private func verify(
        _ signature: Signature, with key: PublicKey, of bytes: [UInt8]
    ) throws(SigningError) {
        try key.verify(signature, of: bytes.span.bytes, named: "the message")
    }

    /// What a key signs, its public key accepts, after both went through their text form.
    @Test func roundTrip() throws {
        let signature = key.sign(message.span.bytes, trustedComment: "release 1")
        let read = try Signature(parsing: signature.text, file: "s")
        #expect(read == signature)
        #expect(read.trustedComment == "release 1")
        let publicKey = try PublicKey(parsing: key.publicKey.text, file: "k")
        try verify(read, with: publicKey, of: message)
        let line = try PublicKey(parsing: key.publicKey.base64, file: "-P")
        try verify(read, with: line, of: message)
    }

    /// A line break in a comment would end the file early.
    @Test func commentIsOneLine() throws {
        let signature = key.sign(message.span.bytes, trustedComment: "one\ntwo")
        #expect(try Signature(parsing: signature.text, file: "s").trustedComment == "onetwo")
    }

    /// One bit of the message, the signature or the comment changed.
    @Test func changes() throws {
        let signature = key.sign(message.span.bytes, trustedComment: "release 1")
        for index in message.indices {
            var changed = message
            changed[index] ^= 1
            #expect(throws: SigningError.invalid("the message")) {
                try verify(signature, with: key.publicKey, of: changed)
            }
        }
        let comment = signature.text.replacing("release 1", with: "release 2")
        let changed = try Signature(parsing: comment, file: "s")
        #expect(throws: SigningError.invalid("its trusted comment")) {
            try verify(changed, with: key.publicKey, of: message)
        }
    }

    /// Another key's signature is told from a false one.
    @Test func otherKey() throws {
        let other = SecretKey()
        let signature = other.sign(message.span.bytes, trustedComment: "")
        #expect(
            throws: SigningError.otherKey(
                signed: other.publicKey.id, expected: key.publicKey.id)
        ) { try verify(signature, with: key.publicKey, of: message) }
    }

    /// A secret key is hidden by its password, and only that opens it.
    @Test func passwords() throws {
        let file = try SecretKeyFile(key, password: "correct", strength: .interactive)
        let read = try SecretKeyFile(parsing: file.text, file: "team.key")
        #expect(read.isEncrypted)
        #expect(try read.open(password: "correct").publicKey == key.publicKey)
        for wrong in ["Correct", "", nil] {
            #expect(throws: SigningError.wrongPassword(file: "team.key")) {
                try read.open(password: wrong)
            }
        }
        let plain = try SecretKeyFile(key, password: nil)
        #expect(!plain.isEncrypted)
        #expect(try plain.open(password: nil).publicKey == key.publicKey)
    }

    /// Every prefix of a key or signature file, and every changed character, is told or means the
    /// same; none traps.
    @Test func damagedFiles() throws {
        let signature = key.sign(message.span.bytes, trustedComment: "c")
        let secret = try SecretKeyFile(key, password: nil)
        for text in [signature.text, key.publicKey.text, secret.text] {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                let cut = String(decoding: bytes[..<index], as: UTF8.self)
                var changed = bytes
                changed[index] ^= 4
                for damaged in [cut, String(decoding: changed, as: UTF8.self)] {
                    _ = try? Signature(parsing: damaged, file: "s")
                    _ = try? PublicKey(parsing: damaged, file: "p")
                    _ = try? SecretKeyFile(parsing: damaged, file: "k").open(password: nil)
                }
            }
        }
    }

    /// A key file that asks for all memory is refused before any is taken.
    @Test func greedyKeyFile() throws {
        let file = try SecretKeyFile(key, password: "p", strength: .interactive)
        let lines = file.text.split(separator: "\n")
        // The memory limit is the 8 bytes at 46: base64 characters 62 to 71, part of the 8th.
        let greedy = Array(lines[1]).enumerated().map { (62..<70).contains($0) ? "/" : $1 }
        let text = "\(lines[0])\n\(String(greedy))\n"
        #expect(throws: SigningError.self) {
            try SecretKeyFile(parsing: text, file: "k").open(password: "p")
        }
    }
}
