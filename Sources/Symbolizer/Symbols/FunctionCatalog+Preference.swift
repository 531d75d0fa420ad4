internal import Bytes

/// Which of several names of one address is the one to show.
extension FunctionCatalog {
    /// More names than functions have, unless the file is made to have them: what is right for a
    /// few would take long.
    private static let few = 16

    /// The preferred name of a function. Looked for when it is asked for: most never are.
    func preferredName(of index: Int) -> Int {
        let all = allNames(of: index)
        var best = all.lowerBound
        for name in all.dropFirst() where isPreferred(name, best) { best = name }
        return best
    }

    /// The names of a function, the preferred one first, each once: those of `.dynsym` are in
    /// `.symtab` too.
    func names(of index: Int) -> FunctionNames {
        let all = allNames(of: index)
        guard all.count > 1 else { return FunctionNames(only: all.lowerBound) }
        let sorted = all.sorted { isPreferred($0, $1) }
        guard sorted.count > Self.few else {
            return FunctionNames(
                sorted.reduce(into: []) { kept, name in
                    if !kept.contains(where: { hasSameName($0, name) }) { kept.append(name) }
                })
        }
        var seen: Set<String> = []
        return FunctionNames(sorted.filter { seen.insert(text(ofName: $0)).inserted })
    }

    private func hasSameName(_ left: Int, _ right: Int) -> Bool {
        let entry = entry(left)
        let table = tables.all[Int(entry.table)]
        return withName(right) { table.hasName($0, at: entry.nameOffset) }
    }

    /// The order of the names of one address. The last rules only make the answer the same every
    /// time, and the plain name (`malloc`) win over the internal one (`__libc_malloc`).
    private func isPreferred(_ left: Int, _ right: Int) -> Bool {
        let (leftKey, rightKey) = (rank(entry(left)), rank(entry(right)))
        guard leftKey == rightKey else { return leftKey < rightKey }
        return withName(left) { leftName in
            withName(right) { Self.isPlainer(leftName, than: $0) }
        }
    }

    private static func isPlainer(_ left: RawSpan, than right: RawSpan) -> Bool {
        let (leftMarks, rightMarks) = (underscores(left), underscores(right))
        guard leftMarks == rightMarks else { return leftMarks < rightMarks }
        guard left.byteCount == right.byteCount else { return left.byteCount < right.byteCount }
        for index in 0..<left.byteCount {
            let (one, other) = (left.elements[index], right.elements[index])
            if one != other { return one < other }
        }
        return false
    }

    private func rank(_ entry: Entry) -> Int {
        // Neither a type nor a size: the linker's mark of a place (`__start_SECTION`), most often.
        let isMark = entry.kind == Symbol.Kind.none && entry.size == 0
        return (isMark ? 1 << 4 : 0)
            | Int(entry.binding.rawValue) << 2
            | (entry.size > 0 ? 0 : 2)
            | (entry.kind == Symbol.Kind.none ? 1 : 0)
    }

    private static func underscores(_ name: RawSpan) -> Int {
        var count = 0
        while name.byte(at: count) == UInt8(ascii: "_") { count += 1 }
        return count
    }
}
