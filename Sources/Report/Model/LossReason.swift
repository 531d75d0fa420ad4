/// A way in which something does not reach the result.
///
/// Reasons beyond the well-known ones can be made; their keys must differ.
package struct LossReason: Sendable {
    /// The name in JSON.
    package let key: String
    /// What was lost, in the singular: "call".
    package let subject: String
    /// What happened to it, behind the subject: "cut off by the end of the thread".
    package let explanation: String
    /// Whether data is missing because of it; if not, it is only worth knowing.
    package let isLoss: Bool

    /// Describes a reason.
    package init(key: String, subject: String, explanation: String, isLoss: Bool = true) {
        self.key = key
        self.subject = subject
        self.explanation = explanation
        self.isLoss = isLoss
    }

    /// A line about a number of losses: "3 calls cut off by the end of the thread".
    package func description(of count: UInt64) -> String {
        "\(HumanUnits.count(count)) \(subject)\(count == 1 ? "" : "s") \(explanation)"
    }
}

extension LossReason: Hashable {
    /// Whether both have the same key.
    package static func == (left: LossReason, right: LossReason) -> Bool {
        left.key == right.key
    }

    /// Hashes the key.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(key)
    }
}
