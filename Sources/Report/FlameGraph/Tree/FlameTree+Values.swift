extension FlameTree {
    /// Adds to the value of the stack that ends at a node.
    mutating func add(_ value: FoldedCount, to node: UInt32) {
        let units = units(of: value)
        if units == 0 { stacksOfZero.insert(node) }
        isClamped = values[Int(node)].addClamping(units) || isClamped
        if !starts.isEmpty { isClamped = time.addClamping(units) || isClamped }
    }

    /// Adds to the value before of the stack that ends at a node.
    mutating func addBefore(_ value: FoldedCount, to node: UInt32) {
        let units = units(of: value)
        if valuesBefore.isEmpty { valuesBefore = Array(repeating: 0, count: count) }
        isClamped = valuesBefore[Int(node)].addClamping(units) || isClamped
    }

    /// Gives the values more digits behind the point.
    mutating func rescale(toFractionDigits digits: Int) {
        guard digits > fractionDigits else { return }
        let factor = FoldedCount.powerOfTen(digits - fractionDigits)
        isClamped = Self.scale(&values, by: factor) || isClamped
        isClamped = Self.scale(&valuesBefore, by: factor) || isClamped
        isClamped = Self.scale(&starts, by: factor) || isClamped
        isClamped = time.multiplyClamping(by: factor) || isClamped
        fractionDigits = digits
    }

    private mutating func units(of value: FoldedCount) -> UInt64 {
        rescale(toFractionDigits: value.fractionDigits)
        var units = value.units
        let factor = FoldedCount.powerOfTen(fractionDigits - value.fractionDigits)
        isClamped = units.multiplyClamping(by: factor) || isClamped
        return units
    }

    /// Multiplies numbers.
    ///
    /// - Returns: Whether one was cut to what fits.
    private static func scale(_ numbers: inout [UInt64], by factor: UInt64) -> Bool {
        var isClamped = false
        for index in numbers.indices {
            isClamped = numbers[index].multiplyClamping(by: factor) || isClamped
        }
        return isClamped
    }

    /// The values of all stacks that go through each node.
    ///
    /// - Returns: As many numbers as there are nodes, or none of none.
    func totals(of values: [UInt64]) -> [UInt64] {
        var totals = values
        for node in totals.indices.dropFirst().reversed() where totals[node] > 0 {
            totals[caller(of: node)].addClamping(totals[node])
        }
        return totals
    }

    /// The values in the unit itself, as a number with a point.
    func decimal(_ units: UInt64) -> Double {
        Double(units) / Double(FoldedCount.powerOfTen(fractionDigits))
    }
}
