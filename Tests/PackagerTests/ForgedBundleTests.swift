import Bytes
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Packager

/// Bundles whose digests are right and whose contents lie: made by somebody who knows the format.
@Suite(.enabled(if: Capability.target("variant-static").isAvailable, "needs TestTargets"))
struct ForgedBundleTests {
    private let key = SecretKey()

    private func bundle() throws -> [UInt8] {
        var writer = BundleWriter(
            executable: try ELFImage(path: FilePath(try TestTarget("variant-static").path)))
        try writer.add(.manifest, name: "manifest.toml", bytes: Array("name".utf8))
        try writer.add(.object, name: "first.bpf.o", bytes: [UInt8](repeating: 1, count: 100))
        try writer.add(.object, name: "other.bpf.o", bytes: [UInt8](repeating: 2, count: 100))
        return try writer.encoded { bytes in
            key.sign(bytes, trustedComment: BundleWriter.trustedComment)
        }
    }

    /// A bundle after a change of its index and trailer, with all digests made anew.
    private func forge(
        _ change: (inout BundleIndex, inout BundleTrailer) -> Void
    ) throws -> [UInt8] {
        var bytes = try bundle()
        var trailer = try #require(try BundleTrailer(parsing: bytes.span.bytes, file: "b"))
        let start = Int(trailer.payloadOffset) + Int(trailer.indexOffset)
        let place = start..<start + Int(trailer.indexSize)
        let encoded = Array(bytes[place])
        var cursor = ByteCursor(encoded.span.bytes)
        var index = try BundleIndex(parsing: &cursor, end: Int(trailer.indexOffset))
        change(&index, &trailer)
        let forged = index.encoded
        trailer.indexDigest = Digest.sha256(forged.span.bytes)
        bytes.replaceSubrange(place, with: forged)
        bytes.removeLast(BundleTrailer.size)
        return bytes + trailer.encoded
    }

    private func open(_ bytes: [UInt8]) throws -> Bundle {
        try Bundle(ELFImage(bytes: bytes, name: "b"))
    }

    @Test func `what is not forged is opened`() throws {
        let bytes = try forge { _, _ in }
        #expect(bytes == (try bundle()))
        try open(bytes).verify(key.publicKey)
    }

    /// Each object under the other's name: whole, but not what was signed.
    @Test func `swapped objects`() throws {
        let bytes = try forge { index, _ in
            let (first, other) = (index.entries[1], index.entries[2])
            index.entries[1] = other.changed(name: first.name)
            index.entries[2] = first.changed(name: other.name)
        }
        #expect(throws: SigningError.self) { try open(bytes).verify(key.publicKey) }
    }

    /// Another signature in the place of the right one.
    @Test func `a signature by another key`() throws {
        let bytes = try bundle()
        let other = SecretKey().publicKey
        #expect(throws: SigningError.self) { try open(bytes).verify(other) }
    }

    /// What an index can say that no writer does.
    enum Lie: CaseIterable {
        case digestOfAnother, largerThanThePayload, ofTheIndex, overlapping, leavingAGap
        case aPath, theParent, hidden
    }

    @Test(arguments: Lie.allCases) func `an index that lies`(lie: Lie) throws {
        let bytes = try forge { index, trailer in
            let (first, other) = (index.entries[1], index.entries[2])
            let (start, end) = (other.range.lowerBound, other.range.upperBound)
            let indexStart = Int(trailer.indexOffset)
            index.entries[2] =
                switch lie {
                case .digestOfAnother: other.changed(digest: first.digest)
                case .largerThanThePayload: other.changed(range: start..<Int.max - 1)
                case .ofTheIndex: other.changed(range: indexStart..<indexStart + 100)
                case .overlapping: other.changed(range: start - 20..<end)
                case .leavingAGap: other.changed(range: first.range)
                case .aPath: other.changed(name: "dir/bpf.o.o")
                case .theParent: other.changed(name: "../../bpf.o")
                case .hidden: other.changed(name: ".other.bpf.")
                }
        }
        #expect(throws: BundleError.self) { try open(bytes) }
    }

    /// Sizes and places near the ends of the number range. (Where the payload was put may be said
    /// wrongly: `strip` moves it.)
    @Test(arguments: [0, 1, UInt64(Int.max), UInt64.max - 191, UInt64.max])
    func `a trailer that lies`(number: UInt64) throws {
        let fields: [WritableKeyPath<BundleTrailer, UInt64>] = [
            \.payloadSize, \.indexOffset, \.indexSize, \.signatureSize,
        ]
        for field in fields {
            let bytes = try forge { _, trailer in trailer[keyPath: field] = number }
            #expect(throws: BundleError.self) { try open(bytes) }
        }
    }

    /// As many entries as the index has room to claim.
    @Test func `a number of entries that lies`() throws {
        var bytes = try bundle()
        var trailer = try #require(try BundleTrailer(parsing: bytes.span.bytes, file: "b"))
        let start = Int(trailer.payloadOffset) + Int(trailer.indexOffset)
        bytes.replaceSubrange(start..<start + 4, with: [255, 255, 255, 255])
        let index = bytes[start..<start + Int(trailer.indexSize)]
        trailer.indexDigest = Digest.sha256(Array(index).span.bytes)
        bytes.removeLast(BundleTrailer.size)
        #expect(throws: BundleError.self) { try open(bytes + trailer.encoded) }
    }
}

extension BundleEntry {
    /// The same entry but for what is given.
    fileprivate func changed(
        name: String? = nil, range: Range<Int>? = nil, digest: [UInt8]? = nil
    ) -> BundleEntry {
        BundleEntry(
            kind: kind, name: name ?? self.name, range: range ?? self.range,
            digest: digest ?? self.digest)
    }
}
