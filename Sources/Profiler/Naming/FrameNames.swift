internal import Bytes
internal import Cache
internal import Report
internal import Symbolizer

/// The frames at addresses of an image, as the cache keeps them: what a name or a line is of does not
/// have to be read again.
///
/// Of each frame there is what the image tells and its debug files, root first; an empty name stands for
/// one that is not known.
struct FrameNames: Sendable {
    private let kept: CachedBytes
    private let layout: Layout

    /// Where the parts of the file are.
    private struct Layout {
        /// How many addresses there are.
        var addresses: Int
        /// Where they begin: each has 8 bytes, and they are in their order.
        var start: Int
        /// Where the number of the first frame of each begins, of 4 bytes; one more than there are
        /// addresses.
        var firstFrames: Int
        /// Where the frames begin.
        var frames: Int
        /// Where the strings begin, each of them a length of 4 bytes and as many bytes of text.
        var strings: Int
    }

    /// The size of a frame: where its name, linkage name and file are, its line, whether it is inlined.
    private static let frameSize = 5 * 4

    /// How many addresses it has names for.
    var count: Int { layout.addresses }

    /// Takes what ``encoded(_:of:)`` has made; fails if it is of other debug files, or damaged.
    ///
    /// - Parameters:
    ///   - kept: The bytes.
    ///   - versions: The debug files that names would be looked up in now.
    init?(_ kept: CachedBytes, of versions: [FileVersion]) {
        guard let layout = Self.layout(of: kept.bytes, versions), Self.isSound(kept.bytes, layout)
        else { return nil }
        self.kept = kept
        self.layout = layout
    }

    private static func layout(of bytes: RawSpan, _ versions: [FileVersion]) -> Layout? {
        var cursor = ByteCursor(bytes)
        guard let versionCount = try? cursor.readUInt32(), versionCount == versions.count,
            let addressCount = try? cursor.readUInt32(), let frameCount = try? cursor.readUInt32(),
            addressCount < 1 << 28, frameCount < 1 << 28
        else { return nil }
        for number in versions.flatMap(\.numbers) {
            guard let kept = try? cursor.readUInt64(), kept == number else { return nil }
        }
        let start = bytes.byteCount - cursor.remaining
        let firstFrames = start + 8 * Int(addressCount)
        let frames = firstFrames + 4 * (Int(addressCount) + 1)
        let strings = frames + frameSize * Int(frameCount)
        guard strings <= bytes.byteCount else { return nil }
        return Layout(
            addresses: Int(addressCount), start: start, firstFrames: firstFrames, frames: frames,
            strings: strings)
    }

    /// Whether frames are in their order and strings are where they are said to be.
    private static func isSound(_ bytes: RawSpan, _ layout: Layout) -> Bool {
        let frameCount = (layout.strings - layout.frames) / frameSize
        var last: UInt32 = 0
        for index in 0...layout.addresses {
            let first = bytes.number(at: layout.firstFrames + 4 * index)
            guard first >= last, first <= frameCount else { return false }
            last = first
        }
        let texts = bytes.byteCount - layout.strings
        for index in 0..<frameCount {
            for part in 0..<3 {
                let offset = Int(bytes.number(at: layout.frames + frameSize * index + 4 * part))
                guard offset <= texts - 4,
                    Int(bytes.number(at: layout.strings + offset)) <= texts - 4 - offset
                else { return false }
            }
        }
        return true
    }

    /// The frames at an address, root first; nil if they are not kept.
    func frames(at address: Address) -> [Frame]? {
        let bytes = kept.bytes
        var (low, high) = (0, layout.addresses)
        while low < high {
            let middle = (low + high) / 2
            if self.address(middle) < address { low = middle + 1 } else { high = middle }
        }
        guard low < layout.addresses, self.address(low) == address else { return nil }
        let first = Int(bytes.number(at: layout.firstFrames + 4 * low))
        let end = Int(bytes.number(at: layout.firstFrames + 4 * (low + 1)))
        return (first..<end).map { frame($0) }
    }

    /// All that is kept.
    var all: [(address: Address, frames: [Frame])] {
        (0..<layout.addresses).map { index in
            let address = address(index)
            return (address, frames(at: address) ?? [])
        }
    }

    private func address(_ index: Int) -> Address {
        Address(
            kept.bytes.unsafeLoadUnaligned(
                fromByteOffset: layout.start + 8 * index, as: UInt64.self))
    }

    private func frame(_ index: Int) -> Frame {
        let start = layout.frames + Self.frameSize * index
        var frame = Frame(text(start))
        frame.linkageName = text(start + 4)
        frame.file = text(start + 8)
        frame.line = UInt64(kept.bytes.number(at: start + 12))
        if kept.bytes.number(at: start + 16) != 0 { frame.kind = .inlined }
        return frame
    }

    private func text(_ place: Int) -> String {
        let bytes = kept.bytes
        let start = layout.strings + Int(bytes.number(at: place))
        let count = Int(bytes.number(at: start))
        return bytes.extracting(start + 4..<start + 4 + count).withUnsafeBytes {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

extension FrameNames {
    /// The bytes of what is to be kept.
    ///
    /// - Parameters:
    ///   - frames: The frames at each address, root first.
    ///   - versions: The debug files they are from.
    /// - Returns: Numbers of 4 bytes (how many debug files, addresses and frames there are), the debug
    ///   files, and what ``Layout`` tells.
    static func encoded(_ frames: [Address: [Frame]], of versions: [FileVersion]) -> [UInt8] {
        var bytes: [UInt8] = []
        let sorted = frames.sorted { $0.key < $1.key }
        let frameCount = sorted.reduce(0) { $0 + $1.value.count }
        for count in [versions.count, sorted.count, frameCount] {
            bytes.append(bytesOf: UInt32(clamping: count))
        }
        for number in versions.flatMap(\.numbers) { bytes.append(bytesOf: number) }
        for (address, _) in sorted { bytes.append(bytesOf: address.rawValue) }
        var first: UInt32 = 0
        for (_, frames) in sorted {
            bytes.append(bytesOf: first)
            first += UInt32(frames.count)
        }
        bytes.append(bytesOf: first)
        var texts = Texts()
        for frame in sorted.lazy.flatMap(\.value) {
            for text in [frame.name, frame.linkageName, frame.file] {
                bytes.append(bytesOf: texts.place(of: text))
            }
            bytes.append(bytesOf: UInt32(clamping: frame.line))
            bytes.append(bytesOf: UInt32(frame.isInlined ? 1 : 0))
        }
        return bytes + texts.bytes
    }

    /// Strings, each once.
    private struct Texts {
        var bytes: [UInt8] = []
        private var places: [String: UInt32] = [:]

        mutating func place(of text: String) -> UInt32 {
            if let known = places[text] { return known }
            let place = UInt32(clamping: bytes.count)
            places[text] = place
            bytes.append(bytesOf: UInt32(clamping: text.utf8.count))
            bytes += text.utf8
            return place
        }
    }
}

extension RawSpan {
    /// The number of four bytes at an offset.
    fileprivate func number(at offset: Int) -> UInt32 {
        unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
}
