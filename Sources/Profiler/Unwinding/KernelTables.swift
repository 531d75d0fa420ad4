internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// The unwind tables that are in the kernel: where their rows, pages and rules are.
///
/// A row takes 4 bytes, a page of 4 KiB of code 8 bytes more, and all images share one set of
/// rules. Rows are in shards of 256 KiB, made as they are needed up to a limit.
final class KernelTables {
    /// What is done with an image's table.
    typealias State = uprof_image_state

    private let pages: MappedArray
    private let rules: MappedArray
    private var ruleNumbers: [KernelRuleKey: UInt16] = [:]
    private var shards: [Shard] = []
    private var rowSpaces: [RangeAllocator] = []
    private var pageSpace: RangeAllocator
    private var tables: [ImageNumber: Placement] = [:]
    private let mostShards: Int

    /// Where a table is.
    private struct Placement {
        var pages: Range<Int>
        var rows: [(shard: Int, range: Range<Int>)]
    }

    /// Shards are kept in an array, which `~Copyable` values cannot be in.
    private final class Shard {
        let memory: BPFShard

        init(_ memory: consuming BPFShard) {
            self.memory = memory
        }
    }

    private static let rowsPerShard = Int(UPROF_ROWS_PER_SHARD)
    /// Pages with so many rows go to one place, so that the ends of shards are used too.
    private static let rowsAtOnce = 4096

    /// No tables yet.
    ///
    /// - Parameters:
    ///   - object: The loaded programs.
    ///   - rowLimit: How many rows there may be in all; rounded up to shards.
    /// - Throws: `BPFError` if the maps cannot be mapped.
    init(_ object: borrowing BPFObject, rowLimit: Int) throws(BPFError) {
        pages = try MappedArray(try object.mapView("unwind_pages"))
        rules = try MappedArray(try object.mapView("unwind_rules"))
        pageSpace = RangeAllocator(capacity: pages.count)
        let wanted = (rowLimit + Self.rowsPerShard - 1) / Self.rowsPerShard
        mostShards = min(max(wanted, 1), Int(UPROF_MAX_SHARDS))
    }

    /// The images whose tables are in.
    var images: Set<ImageNumber> { Set(tables.keys) }

    /// How many rows there is memory for at this moment.
    var rowCapacity: Int { shards.count * Self.rowsPerShard }

    /// Puts a table in.
    ///
    /// - Returns: Whether there was room for it; if not, nothing has changed.
    /// - Throws: `BPFError` if the kernel fails.
    func load(
        _ table: TablePages, for image: ImageNumber, object: borrowing BPFObject
    ) throws(BPFError) -> Bool {
        guard tables[image] == nil, let numbers = numberRules(table.rules),
            let entries = pageSpace.allocate(table.pageCount)
        else { return false }
        var placement = Placement(pages: entries, rows: [])
        for group in table.groups(ofRows: Self.rowsAtOnce) {
            let rows = table.rows[table.rowRange(of: group)]
            guard let (shard, range) = try allocateRows(rows.count, object) else {
                release(placement)
                return false
            }
            placement.rows.append((shard, range))
            shards[shard].memory.values.store(
                rows.map { uprof_unwind_row(address: $0.address, rule: numbers[Int($0.rule)]) },
                at: range.lowerBound, of: 0)
            for page in group {
                let own = table.rowRange(of: page..<page + 1)
                let first = range.lowerBound + own.lowerBound - rows.startIndex
                pages.store(
                    uprof_unwind_page(
                        first_row: UInt32(shard << 16 | first), row_count: UInt32(own.count)),
                    at: entries.lowerBound + page)
            }
        }
        tables[image] = placement
        try set(
            uprof_image(
                first_entry: UInt32(entries.lowerBound), page_count: UInt32(table.pageCount),
                first_page: table.firstPage, state: UPROF_IMAGE_READY.rawValue),
            for: image, object)
        return true
    }

    /// Says why an image has no table.
    ///
    /// - Throws: `BPFError` if the kernel fails.
    func set(
        _ state: State, for image: ImageNumber, object: borrowing BPFObject
    ) throws(BPFError) {
        try set(
            uprof_image(first_entry: 0, page_count: 0, first_page: 0, state: state.rawValue),
            for: image, object)
    }

    /// Takes a table out of use. Its memory is not to be used again before programs that have just
    /// looked at it are done.
    ///
    /// - Returns: What gives the memory back.
    /// - Throws: `BPFError` if the kernel fails.
    func unload(
        _ image: ImageNumber, object: borrowing BPFObject
    ) throws(BPFError) -> () -> Void {
        guard let placement = tables.removeValue(forKey: image) else { return {} }
        try set(UPROF_IMAGE_PENDING, for: image, object: object)
        return { [self] in release(placement) }
    }

    private func set(
        _ value: uprof_image, for image: ImageNumber, _ object: borrowing BPFObject
    ) throws(BPFError) {
        try object.mapView("unwind_images").set(value, for: UInt32(image.rawValue))
    }

    /// The numbers of rules, new ones for those that no image had before; nil if there are too many.
    private func numberRules(_ new: [uprof_unwind_rule]) -> [UInt16]? {
        var numbers: [UInt16] = []
        numbers.reserveCapacity(new.count)
        for rule in new {
            let key = KernelRuleKey(rule)
            if let number = ruleNumbers[key] {
                numbers.append(number)
                continue
            }
            guard ruleNumbers.count < rules.count,
                let number = UInt16(exactly: ruleNumbers.count)
            else { return nil }
            rules.store(rule, at: Int(number))
            ruleNumbers[key] = number
            numbers.append(number)
        }
        return numbers
    }

    private func allocateRows(
        _ count: Int, _ object: borrowing BPFObject
    ) throws(BPFError) -> (shard: Int, range: Range<Int>)? {
        for index in rowSpaces.indices.reversed() {
            if let range = rowSpaces[index].allocate(count) { return (index, range) }
        }
        guard shards.count < mostShards, count <= Self.rowsPerShard else { return nil }
        shards.append(
            Shard(
                try BPFShard(
                    at: shards.count, of: try object.mapView("unwind_rows"),
                    valueSize: Self.rowsPerShard * MemoryLayout<uprof_unwind_row>.size,
                    isMapped: pages.isMapped)))
        var space = RangeAllocator(capacity: Self.rowsPerShard)
        let range = space.allocate(count)
        rowSpaces.append(space)
        return range.map { (shards.count - 1, $0) }
    }

    private func release(_ placement: Placement) {
        pageSpace.release(placement.pages)
        for (shard, range) in placement.rows { rowSpaces[shard].release(range) }
    }
}
