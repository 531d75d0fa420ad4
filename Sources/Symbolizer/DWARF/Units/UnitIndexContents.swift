internal import Bytes

/// What the cache keeps of an index.
package struct UnitIndexContents: Equatable {
    /// The ranges in the order of their starts.
    var entries: [UnitIndex.Entry]
    /// Whether entries of units are in split files.
    var hasSplitUnits: Bool
}

extension UnitIndexContents {
    /// Decodes what ``encoded`` has made: whether units are split, how many entries there are, and
    /// these.
    ///
    /// - Returns: nil if the bytes are not entries in their order.
    package init?(parsing bytes: RawSpan) {
        var cursor = ByteCursor(bytes)
        guard let split = try? cursor.readUInt32(), split <= 1,
            let count = try? cursor.readUInt32(),
            count <= cursor.remaining / (3 * MemoryLayout<UInt64>.size)
        else { return nil }
        hasSplitUnits = split == 1
        entries = []
        entries.reserveCapacity(Int(count))
        var reach: UInt64 = 0
        for _ in 0..<count {
            guard let start = try? cursor.readUInt64(), let end = try? cursor.readUInt64(),
                let unit = try? cursor.readUInt64(), start >= entries.last?.start ?? 0
            else { return nil }
            reach = max(reach, end)
            entries.append(UnitIndex.Entry(start: start, end: end, unit: unit, reach: reach))
        }
        guard cursor.isAtEnd else { return nil }
    }

    /// The index as bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + entries.count * 24)
        bytes.append(bytesOf: UInt32(hasSplitUnits ? 1 : 0))
        bytes.append(bytesOf: UInt32(clamping: entries.count))
        for entry in entries {
            for number in [entry.start, entry.end, entry.unit] { bytes.append(bytesOf: number) }
        }
        return bytes
    }
}
