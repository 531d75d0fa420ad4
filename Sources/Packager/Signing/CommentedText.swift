/// The text form of minisign's keys and signatures: a line with a comment, a line of base64.
struct CommentedText {
    /// What stands before the first line's comment.
    static let untrustedPrefix = "untrusted comment: "

    /// The lines, without their ends.
    let lines: [Substring]

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r\n" }
    }

    /// The bytes on a line, or nil if there is none or it is not base64.
    func bytes(line: Int) -> [UInt8]? {
        lines.indices.contains(line) ? Base64.decode(lines[line]) : nil
    }

    /// What follows a prefix on a line.
    func comment(line: Int, prefix: String) -> String? {
        guard lines.indices.contains(line), lines[line].hasPrefix(prefix) else { return nil }
        return String(lines[line].dropFirst(prefix.count))
    }
}
