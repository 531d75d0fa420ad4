package import SystemPackage

/// A failed BPF operation, with what libbpf and the kernel said about it.
package struct BPFError: Error, CustomStringConvertible {
    /// What was attempted, as an infinitive: "load the BPF programs".
    package let operation: String
    /// The reason the kernel gave.
    package let errno: Errno
    /// libbpf's own messages during the operation, oldest first; a verifier's log is among them.
    package let messages: [String]

    /// At most this many lines of a log are part of the description; all are in `messages`.
    private static let describedLines = 12

    init(_ operation: String, errno: Int32, messages: [String] = []) {
        self.operation = operation
        self.errno = Errno(rawValue: abs(errno))
        self.messages = messages
    }

    package var description: String {
        let lines = messages.flatMap { $0.split(separator: "\n") }
            .filter { !$0.allSatisfy(\.isWhitespace) }
        var text = "cannot \(operation): \(errno)"
        for line in lines.suffix(Self.describedLines) {
            text += "\n  \(line)"
        }
        return text
    }
}
