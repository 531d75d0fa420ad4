internal import Bytes
package import Symbolizer

/// Signs a bundle that has been built: gives it another signature, trailer and size.
package struct BundleSigner {
    private static let sectionHeaderSize: UInt64 = 64
    /// Where a section header has the section's size.
    private static let sizeField = 0x20

    private let bundle: Bundle
    private let trailer: BundleTrailer

    /// Takes a bundle, signed already or not.
    ///
    /// - Throws: `BundleError` if it is none, is damaged, or `strip` has changed it.
    package init(_ image: ELFImage) throws(BundleError) {
        bundle = try Bundle(image)
        guard !bundle.isRewritten, let section = image.section(named: BundleLayout.sectionName)
        else {
            throw .unusable("\(image.name) has been stripped; sign a bundle as it was built")
        }
        trailer = try BundleCheck(image, payload: section).trailer
    }

    /// The bytes of the signed bundle: those that it would have if it had been built with the key.
    ///
    /// - Throws: `BundleError.damaged` never, unless this code is wrong.
    package func signed(with key: SecretKey) throws(BundleError) -> [UInt8] {
        let payloadSize = trailer.indexOffset + trailer.indexSize + Self.fixedSize
        var bytes = bundle.signedBytes.array
        try setSectionSize(payloadSize, in: &bytes)
        var trailer = trailer
        trailer.payloadSize = payloadSize
        trailer.signatureSize = UInt64(BundleWriter.sizeOfSignature)
        trailer.executableDigest = Digest.blake2b256(
            bytes.span.bytes.extracting(first: Int(trailer.payloadOffset)))
        let signature = key.sign(bytes.span.bytes, trustedComment: BundleWriter.trustedComment)
        return bytes + Array(signature.text.utf8) + trailer.encoded
    }

    private static let fixedSize = UInt64(BundleWriter.sizeOfSignature + BundleTrailer.size)

    /// The section of the payload is the last; its header tells the size.
    private func setSectionSize(
        _ size: UInt64, in bytes: inout [UInt8]
    ) throws(BundleError) {
        var cursor = ByteCursor(bundle.signedBytes)
        guard
            let table = try? {
                try cursor.seek(to: 0x28); return try cursor.readUInt64()
            }(),
            let count = try? {
                try cursor.seek(to: 0x3c); return try cursor.readUInt16()
            }(), count > 0
        else { throw .damaged(file: bundle.name, "its headers are missing") }
        let start = Int(clamping: table &+ UInt64(count - 1) &* Self.sectionHeaderSize)
        let field = start.addingReportingOverflow(Self.sizeField)
        guard !field.overflow, field.partialValue <= bytes.count - 8 else {
            throw .damaged(file: bundle.name, "its headers are missing")
        }
        withUnsafeBytes(of: size.littleEndian) { raw in
            bytes.replaceSubrange(field.partialValue..<field.partialValue + 8, with: raw)
        }
    }
}
