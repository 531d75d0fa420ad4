internal import Bytes

/// A text in blocks that can be read independently: each ends where a sample does.
struct InputBlocks: Sendable {
    /// What is between two samples.
    enum Boundary: Sendable {
        /// The end of a line.
        case line
        /// An empty line.
        case emptyLine
    }

    /// A block.
    struct Block: Sendable {
        fileprivate let file: MappedFile
        fileprivate let range: Range<Int>

        /// Reads the block; what was read of a file takes no memory any more.
        func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
            defer { file.forget(range) }
            return body(file.bytes.extracting(range))
        }
    }

    private let mapped: MappedFile?
    private var input: DecodedInput
    private let boundary: Boundary
    private var position = 0
    /// Where the blocks of a mapped file end.
    private var end = 0
    private var rest: [UInt8] = []

    private static let size = 4 << 20
    private static let limit = 1 << 30

    /// The blocks of a file, from its beginning on.
    init(_ input: DecodedInput, boundary: Boundary) {
        let mapped = input.mapped
        self.mapped = mapped
        if let mapped { end = mapped.bytes.byteCount }
        self.input = input
        self.boundary = boundary
    }

    /// How many bytes there are in all, where that is known.
    var size: Int? { mapped.map { _ in end } }

    /// The next block, or nil at the end.
    ///
    /// - Throws: `FormatError` if it cannot be read, or no sample ends in a gigabyte.
    mutating func next() throws(FormatError) -> Block? {
        guard let mapped else { return try nextRead() }
        let bytes = mapped.bytes
        guard position < end else { return nil }
        let next = firstBoundary(in: bytes, from: min(position + Self.size, end)) ?? end
        defer { position = next }
        return Block(file: mapped, range: position..<next)
    }

    /// The text in parts that follow each other; in one if it is short, or cannot be divided.
    func parts(_ count: Int) -> [InputBlocks] {
        guard let mapped, end > Self.size else { return [self] }
        let bytes = mapped.bytes
        var parts: [InputBlocks] = []
        var rest = self
        for number in 1..<max(count, 1) {
            var part = rest
            part.end = firstBoundary(in: bytes, from: end / count * number) ?? end
            rest.position = part.end
            parts.append(part)
        }
        return parts + [rest]
    }

    private mutating func nextRead() throws(FormatError) -> Block? {
        var size = Self.size
        while true {
            while rest.count < size {
                let piece = try input.next()
                guard !piece.isEmpty else {
                    defer { rest = [] }
                    return rest.isEmpty ? nil : block(rest)
                }
                rest += piece
            }
            if let end = lastBoundary(in: rest) {
                let bytes = Array(rest[..<end])
                rest = Array(rest[end...])
                return block(bytes)
            }
            size *= 2
            guard size < Self.limit else {
                let what = "no sample ends within \(Self.limit >> 20) MiB"
                throw FormatError(path: input.path, reason: .tooLarge(what))
            }
        }
    }

    private func block(_ bytes: [UInt8]) -> Block {
        Block(file: MappedFile(contents: bytes), range: 0..<bytes.count)
    }

    /// The offset behind the first boundary at or after `start`.
    private func firstBoundary(in bytes: RawSpan, from start: Int) -> Int? {
        var from = max(start - 1, 0)
        while let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: from) {
            if boundary == .line || isEmptyLine(bytes, endingAt: end) { return end + 1 }
            from = end + 1
        }
        return nil
    }

    private func lastBoundary(in bytes: [UInt8]) -> Int? {
        let span = bytes.span
        var end = span.count
        while let found = span.last(UInt8(ascii: "\n"), before: end) {
            if boundary == .line || isEmptyLine(span.bytes, endingAt: found) { return found + 1 }
            end = found
        }
        return nil
    }

    private func isEmptyLine(_ bytes: RawSpan, endingAt end: Int) -> Bool {
        let last = bytes.byte(at: end - 1)
        if last == UInt8(ascii: "\r") { return bytes.byte(at: end - 2) == UInt8(ascii: "\n") }
        return last == UInt8(ascii: "\n")
    }
}
