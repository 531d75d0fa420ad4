internal import Bytes

/// A key to check signatures with, in minisign's form.
package struct PublicKey: Hashable, Sendable {
    /// Which key it is.
    package let id: KeyID
    let bytes: [UInt8]

    /// "Ed", then the identity, then the key.
    static let encodedSize = 2 + KeyID.size + Sodium.publicKeySize

    init(id: KeyID, bytes: [UInt8]) {
        self.id = id
        self.bytes = bytes
    }

    /// Reads a key file, or the one line of base64 that `minisign -P` takes.
    ///
    /// - Throws: `SigningError.malformed`.
    package init(parsing text: String, file: String) throws(SigningError) {
        let lines = CommentedText(text)
        guard let encoded = lines.bytes(line: lines.lines.count == 1 ? 0 : 1),
            encoded.count == Self.encodedSize, encoded.starts(with: "Ed".utf8)
        else { throw .malformed(file: file, "not a minisign public key") }
        id = KeyID(encoded[2..<10])
        bytes = Array(encoded[10...])
    }

    /// The key as one line of base64.
    package var base64: String {
        Base64.encode(Array("Ed".utf8) + id.bytes + bytes)
    }

    /// The text of a key file.
    package var text: String {
        "\(CommentedText.untrustedPrefix)minisign public key \(id)\n\(base64)\n"
    }

    /// Checks that a signature is of these bytes, and by this key.
    ///
    /// - Throws: `SigningError.otherKey` or `.invalid`.
    package func verify(
        _ signature: Signature, of bytes: RawSpan, named name: String
    ) throws(SigningError) {
        guard signature.keyID == id else {
            throw .otherKey(signed: signature.keyID, expected: id)
        }
        let message = signature.isPrehashed ? Digest.blake2b(bytes) : bytes.array
        guard Sodium.isValid(signature.signature, of: message, publicKey: self.bytes) else {
            throw .invalid(name)
        }
        let commented = signature.signature + Array(signature.trustedComment.utf8)
        guard Sodium.isValid(signature.globalSignature, of: commented, publicKey: self.bytes)
        else { throw .invalid("its trusted comment") }
    }
}
