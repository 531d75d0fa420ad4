internal import Bytes
package import Cache

extension UnwindTable {
    /// Compiles the unwind information of an image, or finds what was compiled of this very file before.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - cache: Where it is looked for, and kept.
    package init(of image: ELFImage, in cache: DiskCache?) {
        guard let cache, let key = image.cacheKey(of: "unwind") else {
            self.init(of: image)
            return
        }
        if let known = cache.bytes(of: key), let table = UnwindTable(parsing: known.bytes) {
            self = table
            return
        }
        self.init(of: image)
        cache.keep(encoded.span.bytes, of: key)
    }

    /// Decodes what ``encoded`` has made: numbers and the base, the rows as they are kept, the rules.
    ///
    /// - Returns: nil if the bytes are not a table whose rows are in order and have rules.
    package init?(parsing bytes: RawSpan) {
        var cursor = ByteCursor(bytes)
        guard let rowCount = try? cursor.readUInt64(), let ruleCount = try? cursor.readUInt32(),
            let invalidEntries = try? cursor.readUInt32(), let base = try? cursor.readUInt64(),
            base <= .max - UInt64(UInt32.max),
            rowCount <= UInt64(cursor.remaining / MemoryLayout<UnwindRows.Entry>.size),
            let entries = UnwindRows.entries(
                parsing: &cursor, count: Int(rowCount), ruleCount: ruleCount)
        else { return nil }
        var rules: [UnwindRule] = []
        rules.reserveCapacity(Int(min(ruleCount, 1 << 16)))
        for _ in 0..<ruleCount {
            guard let rule = try? UnwindRule(parsing: &cursor) else { return nil }
            rules.append(rule)
        }
        guard cursor.isAtEnd else { return nil }
        self.init(
            rows: UnwindRows(base: Address(base), entries: entries), rules: rules,
            invalidEntries: Int(invalidEntries))
    }

    /// The table as bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + rows.count * 8 + rules.count * UnwindRule.encodedSize)
        bytes.append(bytesOf: UInt64(rows.count))
        bytes.append(bytesOf: UInt32(rules.count))
        bytes.append(bytesOf: UInt32(clamping: invalidEntries))
        rows.encode(into: &bytes)
        for rule in rules { rule.encode(into: &bytes) }
        return bytes
    }
}

extension UnwindRows {
    /// Decodes rows: nil if they are not in the order of their addresses, or one has no rule.
    fileprivate static func entries(
        parsing cursor: inout ByteCursor, count: Int, ruleCount: UInt32
    ) -> [Entry]? {
        guard let bytes = try? cursor.readBytes(UInt64(count * 8)) else { return nil }
        var next: UInt64 = 0
        // One by one through the cursor takes several times as long.
        let entries = [Entry](unsafeUninitializedCapacity: count) { entries, made in
            while made < count {
                let entry = bytes.unsafeLoadUnaligned(fromByteOffset: 8 * made, as: Entry.self)
                guard UInt64(entry.offset) >= next, entry.rule < ruleCount else { return }
                entries.initializeElement(at: made, to: entry)
                next = UInt64(entry.offset) + 1
                made += 1
            }
        }
        return entries.count == count ? entries : nil
    }

    /// Adds the base and the rows to bytes.
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.append(bytesOf: base)
        for entry in entries {
            bytes.append(bytesOf: entry.offset)
            bytes.append(bytesOf: entry.rule)
        }
    }
}
