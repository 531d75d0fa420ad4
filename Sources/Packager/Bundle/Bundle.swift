internal import Bytes
package import Symbolizer
package import SystemPackage

/// A bundle that was opened and found whole: every byte of it is as it was built.
///
/// Only `strip` and the like may have rewritten the file: the payload and what the loader maps of
/// the executable must still be the same.
package struct Bundle: Sendable {
    /// The file, as messages name it.
    package let name: String
    /// Its entries.
    package let entries: [BundleEntry]
    /// Whether `strip` or another tool has moved its parts since it was built.
    package let isRewritten: Bool
    /// The size of the executable it carries, in bytes.
    package let executableSize: Int

    private let file: MappedFile
    private let payload: Range<Int>
    private let signatureText: Range<Int>

    /// Whether the file at a path carries a payload.
    package static func isBundle(at path: FilePath) -> Bool {
        ELFImage.hasSection(named: BundleLayout.sectionName, at: path)
    }

    /// Opens a bundle and checks all of it but the signature.
    ///
    /// - Throws: `BundleError` if it is none, or not what was built.
    package init(_ image: ELFImage) throws(BundleError) {
        guard let section = image.section(named: BundleLayout.sectionName) else {
            throw .noPayload(file: image.name)
        }
        let check = try BundleCheck(image, payload: section)
        let parts: BundleCheck.Parts
        do {
            parts = try check.parts()
        } catch {
            throw .damaged(file: image.name, error.problem)
        }
        name = image.name
        file = image.file
        payload = check.payload
        isRewritten = check.isRewritten
        executableSize = check.payload.lowerBound
        entries = parts.entries
        signatureText = parts.signatureText
    }

    /// The bytes of an entry.
    package func contents(of entry: BundleEntry) -> SectionBytes {
        let start = payload.lowerBound + entry.range.lowerBound
        return SectionBytes(file, range: start..<start + entry.range.count)
    }

    /// The entries of a kind.
    package func entries(_ kind: BundleEntry.Kind) -> [BundleEntry] {
        entries.filter { $0.kind == kind }
    }

    /// The signature, if it is signed.
    ///
    /// - Throws: `SigningError.malformed` if it is not one.
    package func signature() throws(SigningError) -> Signature? {
        guard !signatureText.isEmpty else { return nil }
        let text = file.bytes.extracting(signatureText).text
        let signature = try Signature(parsing: text, file: name)
        // There are many ways to write the first line of the text, which nothing signs.
        guard signature.text == text else {
            throw .malformed(file: name, "its signature has been changed")
        }
        return signature
    }

    /// The bytes that a signature in the bundle signs: all before it.
    package var signedBytes: RawSpan {
        @_lifetime(borrow self)
        get { file.bytes.extracting(first: signatureText.lowerBound) }
    }

    /// Where the signature starts in the file: `signedBytes` end there.
    package var signatureOffset: Int { signatureText.lowerBound }

    /// All bytes of the file.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get { file.bytes }
    }

    /// Checks that the bundle is signed, and by this key.
    ///
    /// - Throws: `SigningError`.
    package func verify(_ key: PublicKey) throws(SigningError) {
        guard let signature = try signature() else {
            throw .invalid("\(name): it is not signed")
        }
        try key.verify(signature, of: signedBytes, named: name)
    }
}
