import CUprofABI
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

/// Tables as the kernel side searches them.
@Suite struct TablePagesTests {
    private static func table(_ rows: [(UInt64, UInt32)]) -> UnwindTable {
        let rules = (0..<4).map { index in
            UnwindRule(
                .frame(
                    .register(7, offset: Int32(8 * (index + 1))), framePointer: .same,
                    rbx: .undefined, returnAddress: .atCFA(offset: -8)))
        }
        return UnwindTable(
            rows: rows.map { UnwindRow(address: Address($0.0), rule: $0.1) }, rules: rules)
    }

    /// What the kernel side's search finds (find_rule of unwind_tables.bpf.h).
    private static func rule(at address: UInt64, in pages: TablePages) -> KernelRuleKey? {
        let page = Int(address >> 12) - Int(pages.firstPage)
        guard page >= 0, page < pages.pageCount else { return nil }
        let rows = pages.rows[pages.pageStarts[page]..<pages.pageStarts[page + 1]]
        let low = UInt16(address & 0xfff)
        guard let row = rows.last(where: { $0.address <= low }) else { return nil }
        return KernelRuleKey(pages.rules[Int(row.rule)])
    }

    @Test func beginsEachPageWithTheRuleInForce() throws {
        let table = Self.table([(0x1010, 0), (0x1f00, 1), (0x4000, 2)])
        let pages = try #require(TablePages(table))
        #expect(pages.firstPage == 1)
        #expect(pages.pageCount == 4)
        #expect(
            pages.rows == [
                .init(address: 0, rule: 4), .init(address: 0x10, rule: 0),
                .init(address: 0xf00, rule: 1),
                .init(address: 0, rule: 1), .init(address: 0, rule: 1),
                .init(address: 0, rule: 2),
            ])
        #expect(UInt32(pages.rules[4].kind) == UPROF_RULE_NONE.rawValue)
    }

    @Test func groupsPagesByTheirRows() throws {
        let table = Self.table((0..<10).map { (0x1000 + 0x800 * UInt64($0), UInt32($0 % 4)) })
        let pages = try #require(TablePages(table))
        // Of the first page 3 rows, as it begins with one for what is before; then 2 each.
        #expect(pages.groups(ofRows: 5) == [0..<2, 2..<4, 4..<5])
        #expect(pages.groups(ofRows: 1) == (0..<5).map { $0..<$0 + 1 })
        #expect(pages.groups(ofRows: 100) == [0..<5])
        #expect(pages.rowRange(of: 2..<4) == pages.pageStarts[2]..<pages.pageStarts[4])
    }

    @Test func hasNothingForNoRows() {
        #expect(TablePages(Self.table([])) == nil)
    }

    /// An image cannot have code this far apart; a damaged one can say so.
    @Test func refusesCodeTooFarApart() {
        let far = UnwindTable(
            rows: [
                UnwindRow(address: Address(0x1000_0000_0000_0000), rule: 0),
                UnwindRow(address: Address(0x1000_0000_0000_1000), rule: 0),
            ], rules: [UnwindRule(.endOfStack)])
        #expect(TablePages(far) == nil)
    }

    /// The kernel side finds what the table says, at every row of a real library and beside it.
    @Test func agreesWithTheTable() throws {
        let image = try ELFImage(path: "/lib/x86_64-linux-gnu/libc.so.6")
        let table = UnwindTable(of: image)
        let pages = try #require(TablePages(table))
        #expect(table.rows.count > 10_000)
        for (index, row) in table.rows.enumerated() {
            let next = index + 1 < table.rows.count ? table.rows[index + 1].address.rawValue : nil
            for address in [row.address.rawValue, (next ?? row.address.rawValue + 1) - 1] {
                let known = try #require(table.rule(at: Address(address)))
                #expect(
                    Self.rule(at: address, in: pages)
                        == KernelRuleKey(uprof_unwind_rule(known)))
            }
        }
    }
}
