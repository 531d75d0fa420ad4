internal import BTFHub
internal import LibBPF
internal import Report

/// How a map is read and shown.
struct MapPlan {
    /// What a column shows.
    struct Column {
        /// What of an entry has it.
        let source: Source
        let field: ValueLayout.Field
        let format: ObjectMap.Format
        /// What programs call it.
        let name: String
        let title: String
    }

    /// The parts of an entry.
    enum Source {
        case key
        /// The value, or a whole record.
        case value
    }

    /// What is shown, and how.
    enum Shape {
        case table(limit: Int?)
        /// Each value counts in the bucket that its key names.
        case histogram(unit: String?, count: ValueLayout.Field)
        /// Each value has an array of such counts.
        case histograms(unit: String?, counts: ValueLayout.Field)
        /// Records; whether programs count those that had no room.
        case events(countsLosses: Bool)
        /// All numbers of all values are added up.
        case losses([ValueLayout.Field])
    }

    let map: BPFObject.Map
    let title: String
    let shape: Shape
    let columns: [Column]
    /// The size of a value or record in bytes.
    let size: Int

    /// Plans for a map.
    ///
    /// - Throws: `ObjectError.mismatch` if it cannot be shown so.
    init(_ wanted: ObjectMap, of map: BPFObject.Map, types: BTF) throws(ObjectError) {
        self.map = map
        title = wanted.title
        let layouts = try MapLayouts(wanted, of: map, types: types)
        size = layouts.value.size
        switch wanted.style {
        case .table(let limit): shape = .table(limit: limit)
        case .events(_, let countsLosses): shape = .events(countsLosses: countsLosses)
        case .losses: shape = .losses(layouts.value.fields)
        case .histogram(let unit): shape = try layouts.histogram(unit: unit)
        }
        switch shape {
        case .histogram, .losses: columns = []
        case .histograms: columns = map.capacity == 1 ? [] : layouts.columns(of: .key)
        case .table, .events: columns = try layouts.columns(wanted.columns)
        }
    }

    /// The table that lines of it belong to, as yet without any.
    var table: ProgramTable {
        let limit = if case .table(let limit) = shape { limit } else { nil as Int? }
        return ProgramTable(
            name: map.name, title: title,
            columns: columns.map { column in
                ProgramTable.Column(
                    field: column.name, title: column.title, isNumeric: column.isNumeric,
                    width: max(column.title.count, column.width))
            }, limit: limit)
    }
}

extension MapPlan.Column {
    /// Whether it is shown as a number.
    var isNumeric: Bool {
        switch (field.kind, format) {
        case (.integer, .plain), (.integer, .duration), (.pointer, .plain), (.float, _): true
        case (.integer, .hexadecimal), (.pointer, .hexadecimal): true
        default: false
        }
    }

    /// How wide it mostly is.
    var width: Int {
        switch (field.kind, format) {
        case (_, .time): 27
        case (_, .duration): 7
        case (.integer(let bits, _), _): bits <= 16 ? 5 : bits <= 32 ? 7 : 12
        case (.pointer, _): 18
        case (.characters(let count), _): min(count, 16)
        case (.enumeration(_, _, let names), _): min(names.values.map(\.count).max() ?? 0, 24)
        default: 8
        }
    }
}
