internal import Bytes

extension InlineTable {
    /// Finds the calls that were inlined into a function of a unit.
    convenience init(of function: FunctionTable.Function, in unit: Unit) {
        guard function.children != 0, let table = unit.file.abbreviations(of: unit.header) else {
            self.init(calls: [], ranges: [])
            return
        }
        var scan = Scan(unit: unit, table: table)
        scan.run(from: function.children)
        self.init(calls: scan.calls, ranges: scan.ranges)
    }

    private struct Scan {
        let unit: Unit
        let table: AbbreviationTable
        var calls: [Call] = []
        var ranges: [AddressMap.Entry] = []
        /// Of each level of entries above the current one, the innermost inlined call.
        var parents: [Int32] = [-1]

        mutating func run(from children: UInt64) {
            let header = unit.header
            let info = unit.file.sections.info
            var lists = RangeLists(unit: unit, budget: unit.rangeBudget)
            var cursor = SectionCursor(info.bytes, at: children)
            cursor.limit(to: header.end)
            let (allAbbreviations, allSteps) = (table.abbreviations, table.steps)
            let (abbreviations, steps) = (allAbbreviations.span, allSteps.span)
            // How many levels of entries are open that have no code of this function.
            var skipped = 0
            while !cursor.isAtEnd, let parent = parents.last {
                let entry = cursor.offset
                let code = cursor.readULEB128()
                guard code != 0 else {
                    if skipped > 0 { skipped -= 1 } else { parents.removeLast() }
                    continue
                }
                guard let index = table.index(of: code) else { return }
                let abbreviation = abbreviations[index]
                if abbreviation.tag == .inlinedSubroutine, skipped == 0 {
                    let call = read(abbreviation, at: entry, parent, &cursor, &lists)
                    if abbreviation.hasChildren { parents.append(call) }
                    continue
                }
                let sibling = cursor.skip(
                    steps.extracting(abbreviation.steps), encoding: header.encoding)
                guard abbreviation.hasChildren else { continue }
                let target = header.offset &+ sibling
                if skipped == 0, abbreviation.tag.isCodeBlock {
                    parents.append(parent)
                } else if sibling > 0, target > cursor.offset {
                    cursor.seek(to: min(target, header.end))
                } else {
                    skipped += 1
                }
            }
        }

        /// Reads an inlined call; returns its index, or its parent's if there are too many.
        private mutating func read(
            _ abbreviation: Abbreviation, at entry: UInt64, _ parent: Int32,
            _ cursor: inout SectionCursor, _ lists: inout RangeLists
        ) -> Int32 {
            let encoding = unit.header.encoding
            var (low, high, list) = (AttributeValue.none, AttributeValue.none, AttributeValue.none)
            var origin = EntryReference(entry)
            var file: UInt64?
            var (line, column) = (UInt64(0), UInt64(0))
            for index in abbreviation.attributes {
                let specification = table.attributes[index]
                switch specification.name {
                case .lowAddress: low = cursor.read(specification, encoding)
                case .highAddress: high = cursor.read(specification, encoding)
                case .ranges: list = cursor.read(specification, encoding)
                case .abstractOrigin:
                    let value = cursor.read(specification, encoding)
                    origin = EntryReference(value, in: unit.header) ?? origin
                case .callFile: file = cursor.read(specification, encoding).number
                case .callLine: line = cursor.read(specification, encoding).number ?? 0
                case .callColumn: column = cursor.read(specification, encoding).number ?? 0
                default: cursor.skip(specification.form, encoding)
                }
            }
            guard cursor.isValid, calls.count < Int(Int32.max) else { return parent }
            let index = Int32(calls.count)
            calls.append(
                Call(parent: parent, origin: origin, file: file, line: line, column: column))
            lists.read(low: low, high: high, ranges: list) { start, end in
                ranges.append(AddressMap.Entry(start: start, end: end, value: UInt32(index)))
            }
            return index
        }
    }
}
