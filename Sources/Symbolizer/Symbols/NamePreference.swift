internal import Bytes

/// Which of several names of one address is the one to show.
struct NamePreference {
    let tables: [SymbolTable]

    /// The names of one address, as indices, the preferred one first, each once: those of
    /// `.dynsym` are in `.symtab` too.
    func sorted(_ group: Range<Int>, by entry: (Int) -> FunctionCatalog.Entry) -> [Int] {
        var kept: [Int] = []
        for index in group {
            let (table, nameOffset) = (tables[Int(entry(index).table)], entry(index).nameOffset)
            let name = table.name(at: nameOffset)
            let isRepeated = kept.contains {
                tables[Int(entry($0).table)].hasName(name, at: entry($0).nameOffset)
            }
            if !isRepeated { kept.append(index) }
        }
        if kept.count > 1 { kept.sort { isPreferred(entry($0), entry($1)) } }
        return kept
    }

    /// The order of the names of one address. The last rules only make the answer the same every
    /// time, and the plain name (`malloc`) win over the internal one (`__libc_malloc`).
    private func isPreferred(
        _ left: FunctionCatalog.Entry, _ right: FunctionCatalog.Entry
    ) -> Bool {
        let (leftKey, rightKey) = (rank(left), rank(right))
        guard leftKey == rightKey else { return leftKey < rightKey }
        let (leftTable, rightTable) = (tables[Int(left.table)], tables[Int(right.table)])
        let leftName = leftTable.name(at: left.nameOffset)
        let rightName = rightTable.name(at: right.nameOffset)
        let (leftMarks, rightMarks) = (underscores(leftName), underscores(rightName))
        guard leftMarks == rightMarks else { return leftMarks < rightMarks }
        guard leftName.byteCount == rightName.byteCount else {
            return leftName.byteCount < rightName.byteCount
        }
        return leftName.array.lexicographicallyPrecedes(rightName.array)
    }

    private func rank(_ entry: FunctionCatalog.Entry) -> Int {
        // Neither a type nor a size: the linker's mark of a place (`__start_SECTION`), most often.
        let isMark = entry.kind == Symbol.Kind.none && entry.size == 0
        return (isMark ? 1 << 4 : 0)
            | Int(entry.binding.rawValue) << 2
            | (entry.size > 0 ? 0 : 2)
            | (entry.kind == Symbol.Kind.none ? 1 : 0)
    }

    private func underscores(_ name: RawSpan) -> Int {
        var count = 0
        while name.byte(at: count) == UInt8(ascii: "_") { count += 1 }
        return count
    }
}
