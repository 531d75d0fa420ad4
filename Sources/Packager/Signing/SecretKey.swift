/// A key to sign with.
package struct SecretKey: Sendable {
    /// What checks its signatures.
    package let publicKey: PublicKey

    let bytes: [UInt8]

    init(id: KeyID, bytes: [UInt8]) {
        self.bytes = bytes
        publicKey = PublicKey(id: id, bytes: Array(bytes.suffix(Sodium.publicKeySize)))
    }

    /// Makes a new key.
    package init() {
        let pair = Sodium.makeKeyPair()
        self.init(id: KeyID(Sodium.randomBytes(KeyID.size)), bytes: pair.secretKey)
    }

    /// Signs bytes, with a remark of one line that is signed with them.
    package func sign(_ bytes: RawSpan, trustedComment: String) -> Signature {
        let comment = String(trustedComment.filter { !$0.isNewline })
        let signature = Sodium.sign(Digest.blake2b(bytes), secretKey: self.bytes)
        return Signature(
            keyID: publicKey.id, isPrehashed: true, signature: signature, trustedComment: comment,
            globalSignature: Sodium.sign(
                signature + Array(comment.utf8), secretKey: self.bytes))
    }
}
