/// The functions of a profile in a table: what each takes itself, and with what it calls.
package struct HotFunctions: Renderer {
    /// Which of a sample's values is counted.
    package var valueKind: StackProfile.ValueKind
    /// How many functions are shown at most.
    package var limit = 40

    /// A table of one of the values.
    package init(valueKind: StackProfile.ValueKind) {
        self.valueKind = valueKind
    }

    /// What a function takes.
    private struct Share {
        var own: UInt64 = 0
        var total: UInt64 = 0
    }

    package func render(_ profile: StackProfile) -> String {
        guard let index = profile.valueIndex(of: valueKind) else { return "" }
        var shares = [Share](repeating: Share(), count: profile.frames.count)
        var sum: UInt64 = 0
        for sample in profile.samples {
            let value = sample.values[index]
            sum.addClamping(value)
            for frame in Set(sample.stack) { shares[frame].total.addClamping(value) }
            if let leaf = sample.stack.last { shares[leaf].own.addClamping(value) }
        }
        var table = TextTable(alignments: [.right, .right, .left, .left])
        table.add(["self", "total", "function", "module"])
        let order = shares.indices.sorted {
            (shares[$0].own, shares[$0].total, profile.frames[$1].name)
                > (shares[$1].own, shares[$1].total, profile.frames[$0].name)
        }
        for frame in order.prefix(limit) where shares[frame].total > 0 {
            table.add([
                HumanUnits.percentage(shares[frame].own, of: sum),
                HumanUnits.percentage(shares[frame].total, of: sum),
                HarmlessText.of(profile.frames[frame].name),
                HarmlessText.of(profile.frames[frame].module),
            ])
        }
        return table.text()
    }
}
