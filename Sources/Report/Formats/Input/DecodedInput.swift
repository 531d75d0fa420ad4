internal import Bytes
internal import Compression

/// The bytes of a file as its format has them: decompressed, in UTF-8, without a byte order mark.
struct DecodedInput {
    private var raw: RawInput
    private let inflater: Inflater?
    private var decoder: UTF16Decoder?
    private var isFirst = true
    private var compressed: ArraySlice<UInt8> = []
    private var inflated: [[UInt8]] = []
    /// The first bytes.
    private(set) var start: [UInt8] = []

    /// The path as it was given.
    var path: String { raw.path }

    /// Looks at how a file is encoded.
    ///
    /// - Throws: `FormatError` if it is compressed and damaged.
    init(_ raw: RawInput) throws(FormatError) {
        self.raw = raw
        inflater = raw.start.starts(with: [0x1F, 0x8B]) ? Inflater() : nil
        start = raw.start
        if let inflater = inflater.map({ _ in Inflater() }) {
            start = []
            let part = Array(raw.start.prefix(Self.partSize))
            try Self.inflate(inflater, part, raw.path) { start += $0 }
        }
        decoder = UTF16Decoder(start: start)
        if var decoder { start = decoder.decode(start) }
        if start.starts(with: Self.mark) { start.removeFirst(Self.mark.count) }
    }

    /// The whole file where it needs no decoding.
    var mapped: MappedFile? {
        inflater == nil && decoder == nil && !raw.start.starts(with: Self.mark) ? raw.mapped : nil
    }

    /// The next bytes; none at the end.
    ///
    /// - Throws: `FormatError` if they cannot be read, or are damaged.
    mutating func next() throws(FormatError) -> [UInt8] {
        var piece: [UInt8] = []
        repeat {
            guard var bytes = try nextInflated() else { return [] }
            if decoder != nil { bytes = decoder?.decode(bytes) ?? bytes }
            if isFirst, bytes.starts(with: Self.mark) { bytes.removeFirst(Self.mark.count) }
            isFirst = false
            piece = bytes
        } while piece.isEmpty
        return piece
    }

    /// All bytes.
    ///
    /// - Throws: `FormatError` if they cannot be read, are damaged, or are more than the limit.
    mutating func all(limit: Int) throws(FormatError) -> MappedFile {
        if let mapped { return mapped }
        var bytes: [UInt8] = []
        while true {
            let piece = try next()
            if piece.isEmpty { return MappedFile(contents: bytes) }
            guard bytes.count + piece.count <= limit else {
                let size = "more than \(limit >> 20) MiB, decompressed"
                throw FormatError(path: path, reason: .tooLarge(size))
            }
            bytes += piece
        }
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// At most 16 MiB decompressed: zlib's limit is a factor of about 1,000.
    private static let partSize = 1 << 14

    private mutating func nextInflated() throws(FormatError) -> [UInt8]? {
        guard let inflater else {
            let piece = try raw.next()
            return piece.isEmpty ? nil : piece
        }
        while inflated.isEmpty {
            if compressed.isEmpty { compressed = try raw.next()[...] }
            guard !compressed.isEmpty else {
                guard inflater.isComplete else { throw Self.damaged(path) }
                return nil
            }
            let part = Array(compressed.prefix(Self.partSize))
            compressed = compressed.dropFirst(part.count)
            try Self.inflate(inflater, part, path) { inflated.append($0) }
            inflated.reverse()
        }
        return inflated.removeLast()
    }

    private static func inflate(
        _ inflater: Inflater, _ piece: [UInt8], _ path: String, _ output: ([UInt8]) -> Void
    ) throws(FormatError) {
        do {
            try inflater.inflate(piece, output)
        } catch {
            throw damaged(path)
        }
    }

    private static func damaged(_ path: String) -> FormatError {
        FormatError(path: path, reason: .damaged)
    }
}
