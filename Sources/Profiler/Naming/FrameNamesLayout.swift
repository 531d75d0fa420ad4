internal import Bytes
internal import Cache

/// Where the parts of a file of ``FrameNames`` are: numbers of four bytes (how many debug files, extents
/// and frames there are), the debug files, then the parts.
struct FrameNamesLayout {
    /// Extents in their order: the first address in eight bytes, then numbers of four: how many addresses
    /// there are, the first frame, how many frames.
    let extents: Range<Int>
    /// Frames: where name, linkage name and file are among the texts, the line, whether it is inlined.
    let frames: Range<Int>
    /// ``FrameTexts``.
    let texts: Range<Int>

    /// The bytes of an extent.
    static let extentSize = 20
    /// The bytes of a frame.
    static let frameSize = 20

    /// How many extents there are.
    var extentCount: Int { extents.count / Self.extentSize }
    /// How many frames there are.
    var frameCount: Int { frames.count / Self.frameSize }

    /// The parts of a file; fails if it is too short, or of other debug files.
    init?(of bytes: RawSpan, _ versions: [FileVersion]) {
        var cursor = ByteCursor(bytes)
        guard let versionCount = try? cursor.readUInt32(), versionCount == versions.count,
            let extentCount = try? cursor.readUInt32(), let frameCount = try? cursor.readUInt32(),
            extentCount < 1 << 28, frameCount < 1 << 28
        else { return nil }
        for number in versions.flatMap(\.numbers) {
            guard let kept = try? cursor.readUInt64(), kept == number else { return nil }
        }
        let start = bytes.byteCount - cursor.remaining
        extents = start..<start + Self.extentSize * Int(extentCount)
        let end = extents.upperBound + Self.frameSize * Int(frameCount)
        guard end <= bytes.byteCount else { return nil }
        frames = extents.upperBound..<end
        texts = end..<bytes.byteCount
    }

    /// What a file begins with.
    static func header(extents: [UInt8], frames: [UInt8], of versions: [FileVersion]) -> [UInt8] {
        var bytes: [UInt8] = []
        let counts = [versions.count, extents.count / extentSize, frames.count / frameSize]
        for count in counts { bytes.append(bytesOf: UInt32(clamping: count)) }
        for number in versions.flatMap(\.numbers) { bytes.append(bytesOf: number) }
        return bytes
    }
}
