/// The stacks of a file, and what to know about them.
package struct FoldedProfile: Sendable {
    /// The stacks with their counts.
    package private(set) var stacks: StackCounter
    /// The only event that was counted, where there were others that nobody ruled out.
    package internal(set) var onlyEvent: String?

    /// What the counts count.
    package private(set) var valueKind = StackProfile.ValueKind.samples
    private var kindRemark: String?

    /// What one reader has counted.
    init(_ stacks: StackCounter) {
        self.stacks = stacks
    }

    /// The values of one kind, and what to say of that.
    init(_ stacks: StackCounter, _ valueKind: StackProfile.ValueKind, remark: String?) {
        self.stacks = stacks
        self.valueKind = valueKind
        kindRemark = remark
    }

    /// What several readers have counted.
    init(merging counters: [StackCounter]) {
        let largest = counters.indices.max { counters[$0].count < counters[$1].count }
        stacks = largest.map { counters[$0] } ?? StackCounter()
        for index in counters.indices where index != largest { stacks.merge(counters[index]) }
    }

    /// What was counted in texts that follow each other: stacks are in the order of the first of
    /// each.
    init(inOrder counters: [StackCounter]) {
        stacks = counters.first ?? StackCounter()
        for counter in counters.dropFirst() { stacks.merge(counter) }
    }

    /// What could not be read, and what was left out: a line each.
    package var remarks: [String] {
        var remarks = kindRemark.map { [$0] } ?? []
        if let onlyEvent {
            remarks.append("only samples of \(onlyEvent) count; --event-filter chooses another")
        }
        if stacks.unreadableLines > 0 {
            remarks.append(Self.count(stacks.unreadableLines, "line") + " could not be read")
        }
        if stacks.unfinishedSamples > 0 {
            remarks.append(
                Self.count(stacks.unfinishedSamples, "sample") + " without an end left out")
        }
        return remarks
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(HumanUnits.count(UInt64(number))) \(noun)\(number == 1 ? "" : "s")"
    }
}
