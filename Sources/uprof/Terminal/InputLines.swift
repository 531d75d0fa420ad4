internal import Glibc

/// The lines of stdin, as they come.
struct InputLines {
    private var buffer: [UInt8] = []
    private var position = 0
    private var hasEnded = false

    private static let chunk = 64 << 10
    /// A line that is longer is cut into several: nothing that is asked for is as long.
    private static let longestLine = 1 << 20

    /// Waits for more of the input; false at its end.
    mutating func read() -> Bool {
        guard !hasEnded else { return false }
        buffer.removeFirst(position)
        position = 0
        var part = [UInt8](repeating: 0, count: Self.chunk)
        while true {
            let count = Glibc.read(STDIN_FILENO, &part, part.count)
            if count < 0, errno == EINTR { continue }
            if count > 0 { buffer += part[..<count] } else { hasEnded = true }
            return true
        }
    }

    /// The next complete line of what was read, without its end; the last one needs none.
    mutating func next() -> ArraySlice<UInt8>? {
        let rest = buffer[position...]
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            position = end + 1
            return rest[..<end]
        }
        guard hasEnded || rest.count > Self.longestLine, !rest.isEmpty else { return nil }
        position = buffer.count
        return rest
    }
}
