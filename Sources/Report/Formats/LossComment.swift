/// Losses in formats that have only comments for them: `uprof.lost.KEY=COUNT`.
enum LossComment {
    private static let prefix = "uprof.lost."

    /// A comment for each loss that occurred.
    static func comments(_ losses: Losses) -> [String] {
        losses.occurred.map { "\(prefix)\($0.reason.key)=\($0.count)" }
    }

    /// Adds the loss a comment tells of; false if it tells of none.
    static func read(_ comment: String, _ losses: inout Losses) -> Bool {
        guard comment.hasPrefix(prefix) else { return false }
        let parts = comment.dropFirst(prefix.count).split(separator: "=")
        guard parts.count == 2, let count = UInt64(parts[1]) else { return false }
        losses[reason(String(parts[0]))] = count
        return true
    }

    /// The reason of a key, known here or not.
    static func reason(_ key: String) -> LossReason {
        LossReason.known.first { $0.key == key }
            ?? LossReason(key: key, subject: "event", explanation: "lost: \(key)")
    }
}
