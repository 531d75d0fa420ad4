import Glibc
import Symbolizer
import TestSupport
import Testing

@testable import Profiler

/// Tables that have to make room for others.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct TableEvictionTests {
    /// One shard of rows.
    private static let rowLimit = 65_536

    private static func configuration() -> RecordConfiguration {
        var configuration = RecordConfiguration(target: .all)
        configuration.rowLimit = rowLimit
        return configuration
    }

    /// A table of 40,000 rows: two of them do not fit into a shard.
    private static func table() throws -> (pages: TablePages, table: UnwindTable) {
        let rules = (1...2).map { index in
            UnwindRule(
                .frame(
                    .register(7, offset: Int32(8 * index)), framePointer: .same, rbx: .undefined,
                    returnAddress: .atCFA(offset: -8)))
        }
        let rows = (0..<40_000).map { index in
            UnwindRow(address: Address(0x1000 + 16 * UInt64(index)), rule: UInt32(index % 2))
        }
        let table = UnwindTable(rows: rows, rules: rules)
        return (try #require(TablePages(table)), table)
    }

    @Test func reusesTheRoomOnceItIsReleased() throws {
        let record = try RecordObject(Self.configuration())
        let tables = try KernelTables(record.object, rowLimit: Self.rowLimit)
        let (pages, _) = try Self.table()
        let (old, new) = (ImageNumber(1), ImageNumber(2))
        let isFirstIn = try tables.load(pages, for: old, object: record.object)
        #expect(isFirstIn)
        let isSecondIn = try tables.load(pages, for: new, object: record.object)
        #expect(!isSecondIn)
        let release = try tables.unload(old, object: record.object)
        // A program may still be looking at the rows.
        let isInTooEarly = try tables.load(pages, for: new, object: record.object)
        #expect(!isInTooEarly)
        release()
        let isIn = try tables.load(pages, for: new, object: record.object)
        #expect(isIn)
        #expect(tables.images == [new])
        #expect(tables.rowCapacity == Self.rowLimit)
    }

    @Test func dropsTablesOfImagesThatNobodyHasMapped() async throws {
        let source = try BPFSampleSource(Self.configuration())
        let (pages, table) = try Self.table()
        let (old, used, new) = (ImageNumber(1), ImageNumber(2), ImageNumber(3))
        try source.setTable(.table(pages, table), of: old, unused: [])
        // Without one that could go, there is no room.
        try source.setTable(.table(pages, table), of: used, unused: [])
        #expect(source.tables.images == [old])
        try source.setTable(.table(pages, table), of: new, unused: [old])
        #expect(source.tables.images.isEmpty)
        var totals = SampleTotals()
        for _ in 0..<30 where source.tables.images.isEmpty {
            try await Task.sleep(for: .milliseconds(100))
            try source.take(into: &totals)
        }
        #expect(source.tables.images == [new])
    }
}
