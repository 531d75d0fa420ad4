internal import CUprofABI
internal import Symbolizer

/// An unwind table cut into pages, as the kernel side searches it: all but the numbers
/// its rules and rows get there.
struct TablePages: Sendable {
    /// A row: its address in the page, and its rule among ``TablePages/rules``.
    struct Row: Sendable, Equatable {
        let address: UInt16
        let rule: UInt32
    }

    /// The number of the first page: its address divided by the size of one.
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

    /// Where the rows of pages in a row are.
    func rowRange(of pages: Range<Int>) -> Range<Int> {
        pageStarts[pages.lowerBound]..<pageStarts[pages.upperBound]
    }

    /// All pages, in groups that have so many rows at most, or are one page.
    func groups(ofRows most: Int) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var start = 0
        while start < pageCount {
            var end = start + 1
            while end < pageCount, pageStarts[end + 1] - pageStarts[start] <= most { end += 1 }
            groups.append(start..<end)
            start = end
        }
        return groups
    }

    /// Code further apart than this is no image.
    private static let mostPages = UInt64(1) << (32 - pageShift)
    private static let pageShift = UInt64(UPROF_PAGE_SHIFT)

    /// Cuts a table; nil if it has no rows, or its code spans more than 4 GiB.
    init?(_ table: UnwindTable) {
        guard let first = table.rows.first?.address.rawValue,
            let last = table.rows.last?.address.rawValue,
            let firstPage = UInt32(exactly: first >> Self.pageShift),
            case let morePages = last >> Self.pageShift - first >> Self.pageShift,
            morePages < Self.mostPages
        else { return nil }
        var rules: [uprof_unwind_rule] = table.rules.map { uprof_unwind_rule($0) }
        let nothing = UInt32(rules.count)
        rules.append(uprof_unwind_rule(UnwindRule(.noInformation)))
        var starts: [Int] = []
        starts.reserveCapacity(Int(morePages) + 2)
        var rows: [Row] = []
        rows.reserveCapacity(table.rows.count + Int(morePages) + 1)
        var current = nothing
        for entry in table.rows.entries {
            let address = table.rows.base &+ UInt64(entry.offset)
            let page = Int(address >> Self.pageShift - first >> Self.pageShift)
            let low = UInt16(address & (1 << Self.pageShift - 1))
            while starts.count <= page {
                starts.append(rows.count)
                if starts.count <= page || low != 0 {
                    rows.append(Row(address: 0, rule: current))
                }
            }
            rows.append(Row(address: low, rule: entry.rule))
            current = entry.rule
        }
        starts.append(rows.count)
        self.firstPage = firstPage
        pageStarts = starts
        self.rows = rows
        self.rules = rules
    }
}
