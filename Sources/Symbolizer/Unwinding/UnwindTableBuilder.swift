/// Puts the rows of functions into one table, in the order of the addresses.
struct UnwindTableBuilder {
    private let image: ELFImage
    private let functionRows: [UnwindRows.Entry]
    private var rules: UnwindRuleSet
    private var rows: [UnwindRows.Entry] = []
    private var base: UInt64 = 0

    /// Linkers fill up to the next multiple of 16: what is shorter is no function.
    private static let longestPadding: UInt64 = 15

    /// Starts with the rows of functions, which refer to rules.
    init(image: ELFImage, rows: [UnwindRows.Entry], rules: UnwindRuleSet) {
        self.image = image
        functionRows = rows
        self.rules = rules
    }

    /// The table of functions, which are sorted by their first addresses.
    ///
    /// Where functions overlap, an address belongs to the one that starts last before it, as the
    /// unwinders of the C++ runtime see it.
    consuming func table(of functions: [UnwindFunction], invalidEntries: Int) -> UnwindTable {
        rows.reserveCapacity(functionRows.count + functions.count / 4)
        base = functions.first?.addresses.lowerBound ?? 0
        var end = base
        for (index, function) in functions.enumerated() {
            let addresses = function.addresses
            if index > 0, functions[index - 1].addresses.lowerBound == addresses.lowerBound {
                continue
            }
            if addresses.lowerBound > end { addGap(end..<addresses.lowerBound) }
            let next =
                index + 1 < functions.count ? functions[index + 1].addresses.lowerBound : .max
            add(function, upTo: next)
            end = addresses.upperBound
        }
        if !rows.isEmpty { add(rules.number(of: .noInformation), at: end) }
        return UnwindTable(
            rows: UnwindRows(base: Address(base), entries: rows), rules: rules.rules,
            invalidEntries: invalidEntries)
    }

    /// Adds the rows of a function that are before the next one.
    private mutating func add(_ function: UnwindFunction, upTo next: UInt64) {
        let start = function.addresses.lowerBound
        let size = function.addresses.upperBound - start
        if function.canBeTrampoline, size <= SignalTrampoline.longest,
            let code = SignalTrampoline.find(in: function.addresses, of: image)
        {
            addTrampoline(code)
            return
        }
        for row in functionRows[function.rows] where start + UInt64(row.offset) < next {
            add(row.rule, at: start + UInt64(row.offset))
        }
    }

    /// Adds what is between two functions.
    private mutating func addGap(_ gap: Range<UInt64>) {
        let size = gap.upperBound - gap.lowerBound
        let isLong = size > Self.longestPadding
        if isLong { add(rules.number(of: .noInformation), at: gap.lowerBound) }
        guard size >= SignalTrampoline.shortest,
            let code = SignalTrampoline.find(in: gap, of: image)
        else { return }
        addTrampoline(code)
        add(rules.number(of: .noInformation), at: code.upperBound)
    }

    /// Adds the code that a signal handler returns to. Its row starts a byte early: nothing calls
    /// the code, but an unwinder looks at the byte before the return address.
    private mutating func addTrampoline(_ code: Range<UInt64>) {
        let start = max(code.lowerBound - 1, base)
        while let last = rows.last, base + UInt64(last.offset) >= start { rows.removeLast() }
        add(rules.number(of: .signalFrame), at: start)
    }

    private mutating func add(_ rule: UInt32, at address: UInt64) {
        guard let offset = UInt32(exactly: address - base) else { return }
        if let last = rows.last, last.rule == rule { return }
        if let last = rows.last, last.offset == offset { rows.removeLast() }
        rows.append(UnwindRows.Entry(offset: offset, rule: rule))
    }
}
