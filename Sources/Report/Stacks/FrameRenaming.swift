/// What is done to the frames of a stack before it goes into a tree.
struct FrameRenaming {
    private let options: FoldedParser.Options
    /// The frame without a name.
    let empty: UInt32
    /// The frame between a chain of wakers and the stack they woke.
    private let separator: UInt32
    /// What frames became, by what they were.
    private var stripped: [UInt32: UInt32] = [:]
    private var wakers: [UInt32: UInt32] = [:]

    /// Prepares for what the options ask for.
    init(_ options: FoldedParser.Options, _ names: inout FrameNames) {
        self.options = options
        empty = names.number(of: "")
        separator = names.number(of: "--")
    }

    /// Whether more is to be done than to leave empty frames out.
    static func isNeeded(_ options: FoldedParser.Options) -> Bool {
        options.stripsHexadecimals || options.marksWakers || options.isReversed
    }

    /// A stack as it goes into the tree.
    mutating func apply(to frames: [UInt32], _ names: inout FrameNames) -> [UInt32] {
        var frames = frames
        if !options.keepsEmptyEnds { dropEmptyEnd(of: &frames) }
        if options.stripsHexadecimals { strip(&frames, &names) }
        if options.marksWakers { markWakers(in: &frames, &names) }
        if options.isReversed {
            frames.reverse()
            dropEmptyEnd(of: &frames)
        }
        return frames
    }

    private func dropEmptyEnd(of frames: inout [UInt32]) {
        while frames.last == empty { frames.removeLast() }
    }

    private mutating func strip(_ frames: inout [UInt32], _ names: inout FrameNames) {
        for (index, frame) in frames.enumerated() {
            if let known = stripped[frame] {
                frames[index] = known
            } else {
                let name = Self.withoutHexadecimals(Array(names.bytes(of: Int(frame))))
                let renamed = UInt32(truncatingIfNeeded: names.index(of: name.span.bytes))
                stripped[frame] = renamed
                frames[index] = renamed
            }
        }
    }

    private mutating func markWakers(in frames: inout [UInt32], _ names: inout FrameNames) {
        guard let first = frames.firstIndex(of: separator) else { return }
        for index in frames.indices[(first + 1)...] where frames[index] != separator {
            let frame = frames[index]
            if let known = wakers[frame] {
                frames[index] = known
            } else {
                let name = names.bytes(of: Int(frame)) + "_[w]".utf8
                let renamed = UInt32(truncatingIfNeeded: names.index(of: Array(name).span.bytes))
                wakers[frame] = renamed
                frames[index] = renamed
            }
        }
    }

    /// A name with each `0x`, if hexadecimal digits follow, replaced by `0x...`.
    static func withoutHexadecimals(_ name: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = name[...]
        while let byte = rest.first {
            let digits = rest.dropFirst(2).prefix(while: isHexadecimal)
            if rest.starts(with: "0x".utf8), !digits.isEmpty {
                result += "0x...".utf8
                rest = rest[digits.endIndex...]
            } else {
                result.append(byte)
                rest.removeFirst()
            }
        }
        return result
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(letter)
    }
}
