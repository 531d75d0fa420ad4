internal import Bytes
internal import Cache
internal import Report
internal import Symbolizer

/// The frames at addresses of an image, as the cache keeps them: what a name or a line is of does not
/// have to be read again.
///
/// Of each frame there is what the image tells and its debug files, root first; an empty name stands for
/// one that is not known.
struct FrameNames: NamedExtents, Sendable {
    private let kept: CachedBytes
    private let layout: FrameNamesLayout

    /// How many extents it has frames for.
    var count: Int { layout.extentCount }

    /// Takes what ``encoded(_:after:of:)`` has made; fails if it is of other debug files.
    ///
    /// - Parameters:
    ///   - kept: The bytes.
    ///   - versions: The debug files that names would be looked up in now.
    init?(_ kept: CachedBytes, of versions: [FileVersion]) {
        guard let layout = FrameNamesLayout(of: kept.bytes, versions) else { return nil }
        self.kept = kept
        self.layout = layout
    }

    func extent(_ index: Int) -> Range<UInt64> {
        let bytes = kept.bytes
        let start = bytes.unsafeLoadUnaligned(
            fromByteOffset: layout.extents.lowerBound + FrameNamesLayout.extentSize * index,
            as: UInt64.self)
        let (end, overflow) = start.addingReportingOverflow(
            UInt64(number(layout.extents, FrameNamesLayout.extentSize * index + 8)))
        return start..<(overflow ? .max : end)
    }

    func frames(_ index: Int) -> [Frame]? {
        let place = FrameNamesLayout.extentSize * index
        let first = Int(number(layout.extents, place + 12))
        let end = first + Int(number(layout.extents, place + 16))
        guard end <= layout.frameCount else { return nil }
        var frames: [Frame] = []
        for index in first..<end {
            guard let frame = frame(index) else { return nil }
            frames.append(frame)
        }
        return frames
    }

    private func frame(_ index: Int) -> Frame? {
        let place = FrameNamesLayout.frameSize * index
        guard let name = text(place), let linkageName = text(place + 4), let file = text(place + 8)
        else { return nil }
        var frame = Frame(name)
        frame.linkageName = linkageName
        frame.file = file
        frame.line = UInt64(number(layout.frames, place + 12))
        if number(layout.frames, place + 16) != 0 { frame.kind = .inlined }
        return frame
    }

    /// The text that a number in a frame is the place of.
    private func text(_ place: Int) -> String? {
        let (start, texts) = (Int(number(layout.frames, place)), layout.texts)
        guard start <= texts.count - 4 else { return nil }
        let count = Int(number(texts, start))
        guard count <= texts.count - 4 - start else { return nil }
        let first = texts.lowerBound + start + 4
        return kept.bytes.extracting(first..<first + count).withUnsafeBytes {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The number of four bytes at an offset in a part.
    private func number(_ part: Range<Int>, _ offset: Int) -> UInt32 {
        kept.bytes.unsafeLoadUnaligned(
            fromByteOffset: part.lowerBound + offset, as: UInt32.self)
    }
}

extension FrameNames {
    /// The bytes of what is to be kept: what was kept before stays as it is, and more is added.
    ///
    /// - Parameters:
    ///   - found: The frames to add, by extents in their order that overlap none of those before.
    ///   - before: What was kept; nil if nothing is to stay.
    ///   - versions: The debug files they are all from.
    /// - Returns: What ``FrameNamesLayout`` tells.
    static func encoded(
        _ found: [(extent: Range<UInt64>, frames: [Frame])], after before: FrameNames?,
        of versions: [FileVersion]
    ) -> [UInt8] {
        var frames = before.map { $0.part($0.layout.frames) } ?? []
        var texts = FrameTexts(after: before.map { $0.part($0.layout.texts) } ?? [])
        var extents: [UInt8] = []
        var old = 0
        for (extent, new) in found {
            while let before, old < before.count,
                before.extent(old).lowerBound < extent.lowerBound
            {
                extents += before.record(old)
                old += 1
            }
            extents.append(bytesOf: extent.lowerBound)
            extents.append(bytesOf: UInt32(clamping: extent.count))
            extents.append(bytesOf: UInt32(frames.count / FrameNamesLayout.frameSize))
            extents.append(bytesOf: UInt32(new.count))
            for frame in new { append(frame, to: &frames, &texts) }
        }
        while let before, old < before.count {
            extents += before.record(old)
            old += 1
        }
        return FrameNamesLayout.header(extents: extents, frames: frames, of: versions)
            + extents + frames + texts.bytes
    }

    private static func append(
        _ frame: Frame, to frames: inout [UInt8], _ texts: inout FrameTexts
    ) {
        for text in [frame.name, frame.linkageName, frame.file] {
            frames.append(bytesOf: texts.place(of: text))
        }
        frames.append(bytesOf: UInt32(clamping: frame.line))
        frames.append(bytesOf: UInt32(frame.isInlined ? 1 : 0))
    }

    private func part(_ range: Range<Int>) -> [UInt8] {
        kept.bytes.extracting(range).withUnsafeBytes { Array($0) }
    }

    /// The bytes of an extent.
    private func record(_ index: Int) -> [UInt8] {
        let start = layout.extents.lowerBound + FrameNamesLayout.extentSize * index
        return part(start..<start + FrameNamesLayout.extentSize)
    }
}
