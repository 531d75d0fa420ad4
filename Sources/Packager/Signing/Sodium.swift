internal import CSodium

/// The functions of libsodium that signing takes, over Swift's arrays.
enum Sodium {
    /// The size of an Ed25519 public key, in bytes.
    static let publicKeySize = 32
    /// The size of an Ed25519 secret key in libsodium's form: the seed and the public key.
    static let secretKeySize = 64
    /// The size of an Ed25519 signature, in bytes.
    static let signatureSize = 64

    /// Made ready once; libsodium asks for that before anything else.
    private static let isReady: Bool = sodium_init() >= 0

    /// Bytes nobody can predict.
    static func randomBytes(_ count: Int) -> [UInt8] {
        precondition(isReady, "libsodium finds a source of random bytes")
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    /// A new Ed25519 key pair.
    static func makeKeyPair() -> (publicKey: [UInt8], secretKey: [UInt8]) {
        precondition(isReady, "libsodium finds a source of random bytes")
        var publicKey = [UInt8](repeating: 0, count: publicKeySize)
        var secretKey = [UInt8](repeating: 0, count: secretKeySize)
        crypto_sign_keypair(&publicKey, &secretKey)
        return (publicKey, secretKey)
    }

    /// The Ed25519 signature of a message (RFC 8032).
    static func sign(_ message: [UInt8], secretKey: [UInt8]) -> [UInt8] {
        precondition(secretKey.count == secretKeySize, "a secret key has 64 bytes")
        var signature = [UInt8](repeating: 0, count: signatureSize)
        crypto_sign_detached(&signature, nil, message, UInt64(message.count), secretKey)
        return signature
    }

    /// Whether an Ed25519 signature is of this message and by this key.
    static func isValid(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureSize, publicKey.count == publicKeySize else {
            return false
        }
        return crypto_sign_verify_detached(
            signature, message, UInt64(message.count), publicKey) == 0
    }

    /// The keystream that hides a secret key: scrypt with libsodium's two limits.
    ///
    /// - Returns: nil if the limits are not libsodium's or the memory cannot be had.
    static func scrypt(
        _ password: [UInt8], salt: [UInt8], operations: UInt64, memory: UInt64, count: Int
    ) -> [UInt8]? {
        guard salt.count == Int(crypto_pwhash_scryptsalsa208sha256_SALTBYTES),
            let memory = Int(exactly: memory)
        else { return nil }
        var stream = [UInt8](repeating: 0, count: count)
        let text = password.map { CChar(bitPattern: $0) }
        let result = crypto_pwhash_scryptsalsa208sha256(
            &stream, UInt64(count), text, UInt64(text.count), salt, operations, memory)
        return result == 0 ? stream : nil
    }

    /// Overwrites bytes that were secret.
    static func wipe(_ bytes: inout [UInt8]) {
        sodium_memzero(&bytes, bytes.count)
    }
}
