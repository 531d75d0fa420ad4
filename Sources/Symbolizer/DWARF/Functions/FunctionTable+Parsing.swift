internal import Bytes

extension FunctionTable {
    /// Finds the functions of a unit.
    ///
    /// One pass over its entries, each of which is skipped by the steps of its abbreviation. If it
    /// need not be thorough, what an entry says is the way to its sibling is taken, which leaves
    /// out functions within functions: GCC writes those ways, and few programs have such functions.
    convenience init(of unit: Unit, isThorough: Bool) {
        guard let table = unit.file.abbreviations(of: unit.header) else {
            self.init(functions: [], ranges: [], isComplete: true)
            return
        }
        var scan = Scan(unit: unit, table: table, isThorough: isThorough)
        scan.run()
        self.init(
            functions: scan.functions, ranges: scan.ranges, isComplete: scan.isComplete)
    }

    private struct Scan {
        let unit: Unit
        let table: AbbreviationTable
        let isThorough: Bool
        var functions: [Function] = []
        var ranges: [AddressMap.Entry] = []
        var isComplete = true

        mutating func run() {
            let header = unit.header
            let info = unit.file.sections.info
            var lists = RangeLists(unit: unit, budget: unit.rangeBudget)
            var cursor = SectionCursor(info.bytes, at: unit.root.children)
            cursor.limit(to: header.end)
            let (allAbbreviations, allSteps) = (table.abbreviations, table.steps)
            let (abbreviations, steps) = (allAbbreviations.span, allSteps.span)
            while !cursor.isAtEnd {
                let entry = cursor.offset
                let code = cursor.readULEB128()
                guard code != 0 else { continue }
                guard let index = table.index(of: code) else { return }
                let abbreviation = abbreviations[index]
                let sibling: UInt64
                if abbreviation.tag == .subprogram && abbreviation.hasCode {
                    sibling = read(abbreviation, at: entry, &cursor, &lists)
                } else {
                    sibling = cursor.skip(
                        steps.extracting(abbreviation.steps), encoding: header.encoding)
                }
                guard sibling > 0, !isThorough, !abbreviation.tag.isScopeOfFunctions else {
                    continue
                }
                // Only forward, so that this ends.
                let target = header.offset &+ sibling
                guard target > cursor.offset else { continue }
                cursor.seek(to: min(target, header.end))
                isComplete = false
            }
        }

        /// Reads an entry that has code, and returns the way to its sibling.
        private mutating func read(
            _ abbreviation: Abbreviation, at entry: UInt64, _ cursor: inout SectionCursor,
            _ lists: inout RangeLists
        ) -> UInt64 {
            let encoding = unit.header.encoding
            var sibling: UInt64 = 0
            var (low, high, list) = (AttributeValue.none, AttributeValue.none, AttributeValue.none)
            for index in abbreviation.attributes {
                let specification = table.attributes[index]
                switch specification.name {
                case .lowAddress: low = cursor.read(specification, encoding)
                case .highAddress: high = cursor.read(specification, encoding)
                case .ranges: list = cursor.read(specification, encoding)
                case .sibling:
                    if case .unitReference(let distance) = cursor.read(specification, encoding) {
                        sibling = distance
                    }
                default: cursor.skip(specification.form, encoding)
                }
            }
            guard cursor.isValid, functions.count < Int(UInt32.max) else { return 0 }
            let count = ranges.count
            let value = UInt32(functions.count)
            lists.read(low: low, high: high, ranges: list) { start, end in
                ranges.append(AddressMap.Entry(start: start, end: end, value: value))
            }
            if ranges.count > count {
                functions.append(
                    Function(
                        entry: entry, children: abbreviation.hasChildren ? cursor.offset : 0))
            }
            return sibling
        }
    }
}
