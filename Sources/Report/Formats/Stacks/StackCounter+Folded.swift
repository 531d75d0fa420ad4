internal import Glibc

extension StackCounter {
    /// Folded lines, `root;caller;function COUNT`, sorted by the bytes before the count.
    package var folded: [UInt8] {
        let stacks = lines
        let order = stacks.sorted
        var text: [UInt8] = []
        text.reserveCapacity(stacks.bytes.count + order.count * 8)
        var position = 0
        while position < order.count {
            var count = self[order[position]].count
            let line = order[position]
            position += 1
            // Different frames can give the same line: a;b is two, or one of that name.
            while position < order.count, stacks.compare(order[position], line) == 0 {
                count.add(self[order[position]].count)
                position += 1
            }
            text += stacks[line]
            text.append(UInt8(ascii: " "))
            count.write(to: &text)
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    private var lines: StackLines {
        var lines = StackLines()
        let bytes = names.bytes
        for number in 0..<count {
            for (depth, frame) in self[number].frames.enumerated() {
                if depth > 0 { lines.bytes.append(UInt8(ascii: ";")) }
                lines.bytes += bytes[names.range(of: Int(frame))]
            }
            lines.ends.append(lines.bytes.count)
        }
        return lines
    }
}

/// The stacks as text, one behind the other.
private struct StackLines {
    var bytes: [UInt8] = []
    var ends: [Int] = []

    subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

    /// Their numbers in the order of their bytes.
    var sorted: [Int] {
        ends.indices.sorted { compare($0, $1) < 0 }
    }

    /// Less than, equal to or greater than zero, as `memcmp` has it.
    func compare(_ left: Int, _ right: Int) -> Int {
        let (left, right) = (range(left), range(right))
        let order = bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return Int32(0) }
            let size = min(left.count, right.count)
            return memcmp(base + left.lowerBound, base + right.lowerBound, size)
        }
        return order == 0 ? left.count - right.count : Int(order)
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }
}
