internal import Bytes
internal import Glibc
internal import SystemPackage

/// The bytes of a file or of the standard input, piece by piece.
struct RawInput {
    private enum Source {
        case mapped(MappedFile, position: Int)
        case descriptor(FileDescriptor)
    }

    /// The path as it was given; `-` is the standard input.
    let path: String
    private var source: Source
    /// The first bytes, which the format is told by: they are read once more.
    private(set) var start: [UInt8] = []
    private var pending: [[UInt8]] = []

    private static let pieceSize = 1 << 20
    private static let startSize = 1 << 17

    /// Opens a file.
    ///
    /// - Throws: `FormatError` if it cannot be read, or is empty.
    init(path: String) throws(FormatError) {
        self.path = path
        source = try Self.open(path)
        start = try readStart()
        guard !start.isEmpty else { throw FormatError(path: path, reason: .empty) }
    }

    /// Bytes in memory that stand for a file.
    init(path: String, contents: [UInt8]) {
        self.path = path
        source = .mapped(MappedFile(contents: contents), position: 0)
        start = Array(contents.prefix(Self.startSize))
    }

    /// The whole file, where it is mapped and nothing of it was read yet.
    var mapped: MappedFile? {
        if case .mapped(let file, 0) = source { file } else { nil }
    }

    /// The next bytes; none at the end.
    ///
    /// - Throws: `FormatError` if they cannot be read.
    mutating func next() throws(FormatError) -> [UInt8] {
        if !pending.isEmpty { return pending.removeFirst() }
        return try read(Self.pieceSize)
    }

    private static func open(_ path: String) throws(FormatError) -> Source {
        let descriptor =
            path == "-"
            ? FileDescriptor.standardInput
            : try check(path) { try FileDescriptor.open(path, .readOnly) }
        do {
            // The position of an inherited descriptor counts.
            guard path != "-" else { return .descriptor(descriptor) }
            let file = try MappedFile(descriptor: descriptor)
            try? descriptor.close()
            return .mapped(file, position: 0)
        } catch .isDirectory {
            throw FormatError(path: path, reason: .unreadable(.isDirectory))
        } catch {
            return .descriptor(descriptor)
        }
    }

    private mutating func readStart() throws(FormatError) -> [UInt8] {
        if case .mapped(let file, _) = source {
            let bytes = file.bytes
            return bytes.extracting(0..<min(Self.startSize, bytes.byteCount)).array
        }
        var start: [UInt8] = []
        while start.count < Self.startSize {
            let piece = try read(Self.startSize)
            if piece.isEmpty { break }
            pending.append(piece)
            start += piece
        }
        return start
    }

    private mutating func read(_ size: Int) throws(FormatError) -> [UInt8] {
        switch source {
        case .mapped(let file, let position):
            let bytes = file.bytes
            let end = min(position + size, bytes.byteCount)
            source = .mapped(file, position: end)
            return bytes.extracting(position..<end).array
        case .descriptor(let descriptor):
            var piece: [UInt8] = []
            try Self.check(path) {
                piece = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                    count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            }
            return piece
        }
    }

    @discardableResult
    private static func check<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(FormatError) -> Result {
        do {
            return try body()
        } catch {
            throw FormatError(path: path, reason: .unreadable(error as? Errno ?? .ioError))
        }
    }
}
