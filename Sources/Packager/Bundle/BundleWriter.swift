internal import Bytes
package import Symbolizer

/// Makes bundles: an executable and a payload behind it, in one file.
///
/// The same input gives the same bytes: entries are in the order of kind and name, equal contents
/// are kept once, and nothing tells when or where it was made.
package struct BundleWriter {
    private let executable: ELFImage
    private var files: [(kind: BundleEntry.Kind, name: String, bytes: [UInt8])] = []

    /// Starts a bundle.
    ///
    /// - Parameter executable: A static `uprof` without a payload.
    package init(executable: ELFImage) {
        self.executable = executable
    }

    /// Adds a file to the payload.
    ///
    /// - Throws: `BundleError.unusable` if the name is a path or is there already.
    package mutating func add(
        _ kind: BundleEntry.Kind, name: String, bytes: [UInt8]
    ) throws(BundleError) {
        guard BundleEntry.isValidName(name) else {
            throw .unusable("\(name) cannot be the name of a bundle's entry")
        }
        guard !files.contains(where: { $0.kind == kind && $0.name == name }) else {
            throw .unusable("two entries of the bundle are called \(name)")
        }
        files.append((kind, name, bytes))
    }

    /// Puts the bundle together.
    ///
    /// - Parameter sign: Makes the signature of the bytes before it; nil leaves it out.
    /// - Returns: The bytes of the file.
    /// - Throws: `BundleError.unusable` if the executable cannot be carried around.
    package func encoded(sign: ((RawSpan) -> Signature)? = nil) throws(BundleError) -> [UInt8] {
        var payload: [UInt8] = []
        let index = BundleIndex(entries: appendEntries(to: &payload))
        let indexOffset = payload.count
        payload += index.encoded
        let signatureSize = sign.map { _ in Self.sizeOfSignature } ?? 0
        let size = payload.count + signatureSize + BundleTrailer.size

        let host = try BundleHost(executable: executable, payloadSize: size)
        var bundle = host.bytes
        let trailer = BundleTrailer(
            payloadOffset: UInt64(bundle.count), payloadSize: UInt64(size),
            indexOffset: UInt64(indexOffset), indexSize: UInt64(payload.count - indexOffset),
            signatureSize: UInt64(signatureSize),
            executableDigest: Digest.blake2b256(bundle.span.bytes),
            loadedDigest: BundleHost.loadedDigest(of: executable),
            indexDigest: Digest.sha256(payload.span.bytes.extracting(droppingFirst: indexOffset)))
        bundle += payload
        if let sign {
            let text = sign(bundle.span.bytes).text
            guard text.utf8.count == signatureSize else {
                throw .unusable("the trusted comment of a bundle's signature is fixed")
            }
            bundle += Array(text.utf8)
        }
        return bundle + trailer.encoded
    }

    /// The remark in the signature of every bundle: a bundle has no time of its own.
    package static let trustedComment = "uprof bundle"

    /// What a signature's text always has, since its comment is always the same.
    static let sizeOfSignature = Signature(
        keyID: KeyID([UInt8](repeating: 0, count: KeyID.size)), isPrehashed: true,
        signature: [UInt8](repeating: 0, count: Sodium.signatureSize),
        trustedComment: trustedComment,
        globalSignature: [UInt8](repeating: 0, count: Sodium.signatureSize)
    ).text.utf8.count

    private func appendEntries(to payload: inout [UInt8]) -> [BundleEntry] {
        var ranges: [[UInt8]: Range<Int>] = [:]
        let sorted = files.sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
        return sorted.map { file in
            let digest = Digest.sha256(file.bytes.span.bytes)
            if ranges[digest] == nil {
                ranges[digest] = payload.count..<payload.count + file.bytes.count
                payload += file.bytes
                payload.pad()
            }
            return BundleEntry(
                kind: file.kind, name: file.name, range: ranges[digest] ?? 0..<0, digest: digest)
        }
    }
}
