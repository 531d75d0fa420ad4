internal import BTFHub
internal import Bytes
internal import LibBPF
internal import Report

/// Reads what programs have left in a map.
struct MapReader {
    let plan: MapPlan
    let byteOrder: ByteOrder

    /// What is to be shown of a map, and what is missing.
    struct Result {
        var part: ProgramReport.Part?
        var losses: [ProgramReport.Loss] = []
    }

    /// Reads the whole map.
    ///
    /// - Throws: `BPFError` if the kernel refuses.
    func read(from object: borrowing BPFObject) throws(BPFError) -> Result {
        if case .events = plan.shape { return Result() }
        let (entries, unread) = try object.mapView(plan.map.name).entries(
            isPerCPU: plan.map.kind.isPerCPU)
        var result = part(of: entries)
        if unread > 0 {
            result.losses.append(
                .init(count: UInt64(unread), what: "entries of \(plan.map.name) that went away"))
        }
        return result
    }

    /// What entries come to.
    func part(of entries: [BPFMap.Entry]) -> Result {
        switch plan.shape {
        case .table: return Result(part: .table(table(of: entries)))
        case .histogram(let unit, let field):
            var counts = [UInt64](repeating: 0, count: min(plan.map.capacity, 64))
            for entry in entries {
                let key = Int(clamping: number(of: entry.key))
                if counts.indices.contains(key) { counts[key] &+= sum(of: [field], in: entry) }
            }
            let one = ProgramHistograms.One(labels: [], counts: counts)
            return Result(part: .histograms(histograms([one], unit)))
        case .histograms(let unit, let field):
            let all = entries.map { entry in
                ProgramHistograms.One(
                    labels: zip(plan.columns, cells(of: entry)).map { ($0.name, $1) },
                    counts: Array((value(of: field, in: entry)?.numbers ?? []).prefix(64)))
            }.filter { $0.total > 0 }.sorted { $0.total > $1.total }
            return Result(part: .histograms(histograms(all, unit)))
        case .losses(let fields):
            let count = entries.reduce(0) { $0 &+ sum(of: fields, in: $1) }
            return Result(losses: [.init(count: count, what: plan.title)])
        case .events: return Result()
        }
    }

    /// The cells of a record.
    func cells(of record: RawSpan) -> [ProgramCell] {
        plan.columns.map { column in
            column.field.value(in: record, byteOrder: byteOrder)?.cell(column.format) ?? .missing
        }
    }

    private func histograms(
        _ all: [ProgramHistograms.One], _ unit: String?
    ) -> ProgramHistograms {
        ProgramHistograms(
            name: plan.map.name, title: plan.title, unit: unit, all: all)
    }

    /// All entries, the largest first; of arrays, those that are not zero.
    private func table(of entries: [BPFMap.Entry]) -> ProgramTable {
        let isArray = plan.map.kind.isArray
        let used = entries.filter { entry in
            !isArray || entry.values.contains { $0.contains { $0 != 0 } }
        }
        var table = plan.table
        let weight = plan.columns.firstIndex { $0.source == .value && $0.isNumeric }
        table.rows = used.map(cells).sorted { left, right in
            if let weight, left[weight].magnitude != right[weight].magnitude {
                return left[weight].magnitude > right[weight].magnitude
            }
            return left.lexicographicallyPrecedes(right) { $0.precedes($1) }
        }
        return table
    }

    private func cells(of entry: BPFMap.Entry) -> [ProgramCell] {
        plan.columns.map { column in
            let value =
                switch column.source {
                case .key: column.field.value(in: entry.key.span.bytes, byteOrder: byteOrder)
                case .value: value(of: column.field, in: entry)
                }
            return value?.cell(column.format) ?? .missing
        }
    }

    /// A field of the value, all processors together.
    private func value(of field: ValueLayout.Field, in entry: BPFMap.Entry) -> FieldValue? {
        let values = entry.values.compactMap { bytes in
            field.value(in: bytes.span.bytes, byteOrder: byteOrder)
        }
        guard let first = values.first else { return nil }
        return values.dropFirst().reduce(first) { $0.adding($1) }
    }

    /// Some numbers of a value, those of all processors together.
    private func sum(of fields: [ValueLayout.Field], in entry: BPFMap.Entry) -> UInt64 {
        fields.reduce(0) { $0 &+ (value(of: $1, in: entry)?.number ?? 0) }
    }

    private func number(of bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        let digits = byteOrder == .little ? Array(bytes.reversed()) : Array(bytes)
        return digits.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ProgramCell {
    /// Whether it comes first in a table.
    fileprivate func precedes(_ other: ProgramCell) -> Bool {
        magnitude != other.magnitude ? magnitude < other.magnitude : text < other.text
    }
}
