/// How much did not reach the result, by reason.
///
/// The known reasons come first, in their order; others follow in the order they came.
package struct Losses: Sendable, Equatable {
    /// A reason with its count.
    package struct Entry: Sendable, Equatable {
        /// Why.
        package let reason: LossReason
        /// How much.
        package fileprivate(set) var count: UInt64
    }

    /// All reasons, those with a count of zero included.
    package private(set) var entries = LossReason.known.map { Entry(reason: $0, count: 0) }

    /// No losses.
    package init() {}

    /// The count of a reason.
    package subscript(reason: LossReason) -> UInt64 {
        get { entries.first { $0.reason == reason }?.count ?? 0 }
        set {
            if let index = entries.firstIndex(where: { $0.reason == reason }) {
                entries[index].count = newValue
            } else {
                entries.append(Entry(reason: reason, count: newValue))
            }
        }
    }

    /// The reasons that occurred.
    package var occurred: [Entry] { entries.filter { $0.count != 0 } }

    /// Adds the counts of other losses.
    package mutating func merge(_ other: Losses) {
        for entry in other.entries {
            self[entry.reason].addClamping(entry.count)
        }
    }
}

extension Losses: ExpressibleByDictionaryLiteral {
    /// Losses with some counts.
    package init(dictionaryLiteral counts: (LossReason, UInt64)...) {
        for (reason, count) in counts {
            self[reason].addClamping(count)
        }
    }
}
