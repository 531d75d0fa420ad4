/// A signature in minisign's form: of the bytes, and of itself together with a comment.
package struct Signature: Hashable, Sendable {
    /// Which key made it.
    package let keyID: KeyID
    /// A remark that is signed too.
    package let trustedComment: String

    /// Whether the BLAKE2b of the bytes is signed ("ED") rather than the bytes ("Ed").
    let isPrehashed: Bool
    let signature: [UInt8]
    let globalSignature: [UInt8]

    static let trustedPrefix = "trusted comment: "

    init(
        keyID: KeyID, isPrehashed: Bool, signature: [UInt8], trustedComment: String,
        globalSignature: [UInt8]
    ) {
        self.keyID = keyID
        self.isPrehashed = isPrehashed
        self.signature = signature
        self.trustedComment = trustedComment
        self.globalSignature = globalSignature
    }

    /// Reads a signature file of four lines (`minisign`'s `.minisig`).
    ///
    /// - Throws: `SigningError.malformed`.
    package init(parsing text: String, file: String) throws(SigningError) {
        let lines = CommentedText(text)
        guard let encoded = lines.bytes(line: 1),
            encoded.count == 2 + KeyID.size + Sodium.signatureSize,
            encoded[0] == UInt8(ascii: "E"),
            encoded[1] == UInt8(ascii: "D") || encoded[1] == UInt8(ascii: "d"),
            let comment = lines.comment(line: 2, prefix: Self.trustedPrefix),
            let global = lines.bytes(line: 3), global.count == Sodium.signatureSize
        else { throw .malformed(file: file, "not a minisign signature") }
        self.init(
            keyID: KeyID(encoded[2..<10]), isPrehashed: encoded[1] == UInt8(ascii: "D"),
            signature: Array(encoded[10...]), trustedComment: comment, globalSignature: global)
    }

    /// The text of a signature file.
    package var text: String {
        let algorithm = Array((isPrehashed ? "ED" : "Ed").utf8)
        return """
            \(CommentedText.untrustedPrefix)signature from key \(keyID)
            \(Base64.encode(algorithm + keyID.bytes + signature))
            \(Self.trustedPrefix)\(trustedComment)
            \(Base64.encode(globalSignature))

            """
    }
}
