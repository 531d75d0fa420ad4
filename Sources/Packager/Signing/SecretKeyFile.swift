internal import CSodium

/// The file a secret key is kept in, in minisign's form: encrypted with a password by default.
///
/// After a comment, 158 bytes in base64: "Ed", "Sc" (scrypt) or two zero bytes (not encrypted),
/// "B2" (BLAKE2b), a salt of 32 bytes, scrypt's two limits, then, hidden by the keystream, the
/// key's identity, the key, and a checksum over "Ed" and both.
package struct SecretKeyFile: Sendable {
    private static let saltRange = 6..<38
    private static let hiddenRange = 54..<158
    private static let encodedSize = 158
    /// More is refused: a hostile file must not make scrypt take all memory.
    private static let memoryLimit: UInt64 = 2 << 30

    private let encoded: [UInt8]
    private let file: String

    /// Whether a password is needed to open it.
    package var isEncrypted: Bool { encoded[2..<4].elementsEqual("Sc".utf8) }

    /// Reads a key file.
    ///
    /// - Throws: `SigningError.malformed`.
    package init(parsing text: String, file: String) throws(SigningError) {
        guard let encoded = CommentedText(text).bytes(line: 1),
            encoded.count == Self.encodedSize, encoded.starts(with: "Ed".utf8),
            encoded[4..<6].elementsEqual("B2".utf8),
            encoded[2..<4].elementsEqual("Sc".utf8) || encoded[2..<4].elementsEqual([0, 0])
        else { throw .malformed(file: file, "not a minisign secret key") }
        self.encoded = encoded
        self.file = file
    }

    /// Encrypts a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - password: The password; nil leaves the key readable for whoever can read the file.
    ///   - strength: How hard a password is to guess, and how much time opening takes.
    /// - Throws: `SigningError.malformed` if there is no memory for scrypt.
    package init(
        _ key: SecretKey, password: String?, strength: Strength = .sensitive
    ) throws(SigningError) {
        let identity = key.publicKey.id.bytes
        let checksum = checksum(identity + key.bytes)
        let salt = Sodium.randomBytes(Self.saltRange.count)
        file = "the new key"
        var header = Array("Ed".utf8)
        header += password == nil ? [0, 0] : Array("Sc".utf8)
        header += Array("B2".utf8) + salt
        header += littleEndian(strength.operations) + littleEndian(strength.memory)
        var hidden = identity + key.bytes + checksum
        if let password {
            guard
                let stream = Sodium.scrypt(
                    Array(password.utf8), salt: salt, operations: strength.operations,
                    memory: strength.memory, count: hidden.count)
            else { throw .malformed(file: file, "no memory to encrypt it") }
            hidden = zip(hidden, stream).map { $0 ^ $1 }
        }
        encoded = header + hidden
    }

    /// The text of the file.
    package var text: String {
        let kind = isEncrypted ? "encrypted" : "unencrypted"
        return """
            \(CommentedText.untrustedPrefix)minisign \(kind) secret key
            \(Base64.encode(encoded))

            """
    }

    /// The key.
    ///
    /// - Throws: `SigningError.wrongPassword`, or `.malformed` if the file asks for more memory
    ///   than a key file may.
    package func open(password: String?) throws(SigningError) -> SecretKey {
        var hidden = Array(encoded[Self.hiddenRange])
        if isEncrypted {
            let operations = number(at: 38)
            let memory = number(at: 46)
            guard memory <= Self.memoryLimit, operations <= 1 << 30 else {
                throw .malformed(file: file, "asks for \(memory) bytes to decrypt it")
            }
            guard
                let stream = Sodium.scrypt(
                    Array((password ?? "").utf8), salt: Array(encoded[Self.saltRange]),
                    operations: operations, memory: memory, count: hidden.count)
            else { throw .malformed(file: file, "no memory to decrypt it") }
            hidden = zip(hidden, stream).map { $0 ^ $1 }
        }
        defer { Sodium.wipe(&hidden) }
        let identity = Array(hidden[0..<8])
        let key = Array(hidden[8..<72])
        guard
            checksum(identity + key).elementsEqual(hidden[72..<104])
        else {
            throw isEncrypted
                ? .wrongPassword(file: file) : .malformed(file: file, "a damaged secret key")
        }
        return SecretKey(id: KeyID(identity), bytes: key)
    }

    private func number(at offset: Int) -> UInt64 {
        encoded[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension SecretKeyFile {
    /// What guessing a password costs.
    package struct Strength: Sendable {
        let operations: UInt64
        let memory: UInt64

        /// As minisign: 1 GiB and some seconds a guess.
        package static let sensitive = Strength(
            operations: UInt64(crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE),
            memory: UInt64(crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE))
        /// 16 MiB and a tenth of a second a guess.
        package static let interactive = Strength(
            operations: UInt64(crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_INTERACTIVE),
            memory: UInt64(crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_INTERACTIVE))
    }
}

/// What shows that a key was decrypted with the right password.
private func checksum(_ identityAndKey: [UInt8]) -> [UInt8] {
    Digest.blake2b256((Array("Ed".utf8) + identityAndKey).span.bytes)
}

/// The bytes of a number, the lowest first.
private func littleEndian(_ number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
