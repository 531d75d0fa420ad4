internal import Bytes
internal import Glibc
internal import SystemPackage

/// A file of folded stacks, or what comes by a pipe: read piece by piece, never kept as a whole.
package struct FoldedFile: Sendable {
    /// What a file held.
    package struct Content: Sendable {
        /// Its stacks.
        package let tree: FlameTree
        /// How many of its lines had no count.
        package let ignoredLines: Int
    }

    /// The path as it was given; `-` is the standard input.
    package let path: String

    /// Names a file; nothing is touched yet.
    package init(_ path: String) {
        self.path = path
    }

    /// Reads all stacks.
    ///
    /// - Throws: `InputError` if the file cannot be opened or read.
    package func read(_ options: FoldedParser.Options = .init()) throws(InputError) -> Content {
        var parser = FoldedParser(options)
        let descriptor = try open()
        do {
            try Self.read(descriptor, &parser)
        } catch {
            try? descriptor.close()
            throw InputError(path: path, errno: error)
        }
        if descriptor != .standardInput { try? descriptor.close() }
        let ignoredLines = parser.ignoredLines
        return Content(tree: parser.finish(), ignoredLines: ignoredLines)
    }

    private func open() throws(InputError) -> FileDescriptor {
        if path == "-" || path == "/dev/stdin" { return .standardInput }
        do {
            return try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        } catch {
            throw InputError(path: path, errno: error as? Errno ?? .ioError)
        }
    }

    private static func read(
        _ descriptor: FileDescriptor, _ parser: inout FoldedParser
    ) throws(Errno) {
        var buffer = [UInt8](repeating: 0, count: chunkSize)
        var filled = 0
        while true {
            if filled == buffer.count { buffer += buffer }
            let count = try fill(&buffer, from: filled, descriptor)
            guard count > 0 else { break }
            let lineEnd = buffer[filled..<filled + count].lastIndex(of: newline)
            filled += count
            guard let lineEnd else { continue }
            parser.read(buffer.span.bytes.extracting(first: lineEnd + 1))
            let rest = Array(buffer[(lineEnd + 1)..<filled])
            buffer.replaceSubrange(..<rest.count, with: rest)
            filled = rest.count
        }
        guard filled > 0 else { return }
        // The last line lacks its end.
        parser.read((Array(buffer[..<filled]) + [newline]).span.bytes)
    }

    private static func fill(
        _ buffer: inout [UInt8], from start: Int, _ descriptor: FileDescriptor
    ) throws(Errno) -> Int {
        let size = buffer.count - start
        let count = buffer.withUnsafeMutableBytes { bytes in
            var count = -1
            repeat {
                count =
                    bytes.baseAddress.map {
                        Glibc.read(descriptor.rawValue, $0 + start, size)
                    } ?? 0
            } while count < 0 && errno == EINTR
            return count
        }
        guard count >= 0 else { throw Errno(rawValue: errno) }
        return count
    }

    private static let chunkSize = 1 << 20
    private static let newline = UInt8(ascii: "\n")
}
