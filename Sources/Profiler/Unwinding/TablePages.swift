internal import CUprofABI
internal import Symbolizer

/// An unwind table cut into pages of 64 KiB, as the kernel side searches it: all but the numbers
/// its rules and rows get there.
struct TablePages: Sendable {
    /// A row: the low 16 bits of its address, and its rule among ``TablePages/rules``.
    struct Row: Sendable, Equatable {
        let address: UInt16
        let rule: UInt32
    }

    /// The number of the first page: its address divided by 64 KiB.
    let firstPage: UInt32
    /// Where each page's rows begin among ``TablePages/rows``, and one more at the end.
    let pageStarts: [Int]
    /// The rows of all pages. Each page has a first one for its first address, so that no search
    /// leaves the page.
    let rows: [Row]
    /// The rules, each once.
    let rules: [uprof_unwind_rule]

    /// How many pages there are.
    var pageCount: Int { pageStarts.count - 1 }

    /// Code further apart than this is no image.
    private static let mostPages = 1 << 16

    /// Cuts a table; nil if it has no rows, or its code spans more than 4 GiB.
    init?(_ table: UnwindTable) {
        guard let first = table.rows.first?.address.rawValue,
            let last = table.rows.last?.address.rawValue,
            let firstPage = UInt32(exactly: first >> 16),
            last >> 16 < first >> 16 + UInt64(Self.mostPages)
        else { return nil }
        var rules: [uprof_unwind_rule] = table.rules.map { uprof_unwind_rule($0) }
        let nothing = UInt32(rules.count)
        rules.append(uprof_unwind_rule(UnwindRule(.noInformation)))
        var starts: [Int] = []
        var rows: [Row] = []
        rows.reserveCapacity(table.rows.count + Int(last >> 16 - first >> 16) + 1)
        var current = nothing
        for row in table.rows {
            let page = Int(row.address.rawValue >> 16 - first >> 16)
            let low = UInt16(truncatingIfNeeded: row.address.rawValue)
            while starts.count <= page {
                starts.append(rows.count)
                if starts.count <= page || low != 0 {
                    rows.append(Row(address: 0, rule: current))
                }
            }
            rows.append(Row(address: low, rule: row.rule))
            current = row.rule
        }
        starts.append(rows.count)
        self.firstPage = firstPage
        pageStarts = starts
        self.rows = rows
        self.rules = rules
    }
}
