internal import BTFHub
internal import LibBPF

/// The types of a map's keys and values, or of its records, by the object's type information.
struct MapLayouts {
    let key: ValueLayout?
    let value: ValueLayout
    private let map: BPFObject.Map
    private let subject: String

    init(_ wanted: ObjectMap, of map: BPFObject.Map, types: BTF) throws(ObjectError) {
        self.map = map
        subject = "map \(map.name)"
        if case .events(let name, _) = wanted.style {
            guard map.kind == .perfEventArray || map.kind == .ringBuffer else {
                throw .mismatch(subject, "events come through ring buffers and perf event arrays")
            }
            key = nil
            value = try Self.record(name, subject, types)
            return
        }
        guard map.kind.isArray || map.kind == .hash || map.kind == .perCPUHash else {
            throw .mismatch(subject, "only arrays and hash maps have entries to show")
        }
        guard map.types.key != 0, map.types.value != 0 else {
            throw .mismatch(subject, "declare it with __type(key, …) and __type(value, …)")
        }
        let key = try ObjectPlan.layout(of: BTFTypeID(map.types.key), subject, types)
        let value = try ObjectPlan.layout(of: BTFTypeID(map.types.value), subject, types)
        guard key.size == map.keySize, value.size == map.valueSize else {
            throw .mismatch(subject, "its types have other sizes than it says")
        }
        if case .losses = wanted.style, !value.fields.allSatisfy(\.kind.isCount) {
            throw .mismatch(subject, "losses are numbers")
        }
        self.key = key
        self.value = value
    }

    private static func record(
        _ name: String, _ subject: String, _ types: BTF
    ) throws(ObjectError) -> ValueLayout {
        let found: BTFType?
        do {
            found = try types.type(namedInC: name)
        } catch {
            throw .mismatch(subject, "\(error)")
        }
        guard let found else {
            throw .mismatch(
                subject, "the object has no type \(name); a variable of it makes compilers keep it")
        }
        return try ObjectPlan.layout(of: found.id, "type \(name)", types)
    }

    /// How it counts by powers of two.
    ///
    /// - Throws: `ObjectError.mismatch` if it does not.
    func histogram(unit: String?) throws(ObjectError) -> MapPlan.Shape {
        let lists = value.fields.filter { field in
            if case .list(let element, _, _) = field.kind { element.isCount } else { false }
        }
        if lists.count == 1 { return .histograms(unit: unit, counts: lists[0]) }
        guard map.kind.isArray, lists.isEmpty, value.fields.count == 1,
            value.fields[0].kind.isCount
        else {
            throw .mismatch(
                subject,
                "a histogram is an array of numbers, or a map of structures with one such array")
        }
        return .histogram(unit: unit, count: value.fields[0])
    }

    /// All columns of a part.
    func columns(of source: MapPlan.Source) -> [MapPlan.Column] {
        let (layout, name) = source == .key ? (key, "key") : (value, "value")
        return (layout?.fields ?? []).map { field in
            let name = field.name.isEmpty ? name : field.name
            return MapPlan.Column(
                source: source, field: field, format: .plain, name: name, title: name)
        }
    }

    /// The columns that are asked for, or all.
    ///
    /// - Throws: `ObjectError.mismatch` if one is not there, or cannot be shown so.
    func columns(_ wanted: [ObjectMap.Column]) throws(ObjectError) -> [MapPlan.Column] {
        let all = columns(of: .key) + columns(of: .value)
        guard !wanted.isEmpty else { return all }
        var columns: [MapPlan.Column] = []
        for column in wanted {
            guard let found = all.first(where: { $0.isCalled(column.field) }) else {
                let names = all.map(\.name).joined(separator: ", ")
                throw .mismatch(subject, "there is no field \(column.field); it has \(names)")
            }
            guard found.field.kind.fits(column.format) else {
                throw .mismatch(subject, "\(column.field) cannot be shown in the format asked for")
            }
            columns.append(
                MapPlan.Column(
                    source: found.source, field: found.field, format: column.format,
                    name: column.field, title: column.title))
        }
        return columns
    }
}

extension MapPlan.Column {
    /// Whether a manifest means it: by its name, with `key.` or `value.` before it if need be.
    fileprivate func isCalled(_ text: String) -> Bool {
        text == name || text == (source == .key ? "key.\(name)" : "value.\(name)")
    }
}

extension FieldKind {
    /// Whether it is an integer of whole bytes.
    var isCount: Bool {
        if case .integer(let bits, _) = self { bits.isMultiple(of: 8) } else { false }
    }

    /// Whether it can be shown in a format.
    fileprivate func fits(_ format: ObjectMap.Format) -> Bool {
        switch (format, self) {
        case (.plain, _): true
        case (.hexadecimal, .integer), (.hexadecimal, .pointer): true
        case (.duration, .integer), (.time, .integer): true
        case (.text, .characters), (.words, .characters): true
        case (.text, .list(.integer(8, _), _, _)), (.words, .list(.integer(8, _), _, _)): true
        default: false
        }
    }
}
