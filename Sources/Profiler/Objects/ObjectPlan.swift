internal import BTFHub
internal import Bytes
internal import LibBPF

/// What is asked of an object, compared with what it has: where values go, and how maps are read.
struct ObjectPlan {
    /// A value for a global variable.
    struct Variable {
        let name: String
        let section: BPFObject.GlobalSection
        let bytes: [UInt8]
    }

    /// A value for a part of a map's first value.
    struct Field {
        let map: String
        let offset: Int
        let bytes: [UInt8]
    }

    /// The order of the bytes of its integers.
    let byteOrder: ByteOrder
    /// How each map is read.
    let maps: [MapPlan]
    /// The values of global variables.
    private(set) var variables: [Variable] = []
    /// The values in maps.
    private(set) var fields: [Field] = []

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - configuration: What is asked for.
    ///   - object: The object, opened.
    ///   - types: The object's types.
    /// - Throws: `ObjectError.mismatch` if it does not have that.
    init(
        _ configuration: ObjectConfiguration, _ object: borrowing BPFObject, types: BTF
    ) throws(ObjectError) {
        byteOrder = types.byteOrder
        let programs = object.programs
        let maps = object.maps
        for program in configuration.programs { try Self.check(program, among: programs) }
        var plans: [MapPlan] = []
        for map in configuration.maps {
            plans.append(try MapPlan(map, of: try Self.map(map.name, among: maps), types: types))
        }
        self.maps = plans
        for setting in configuration.settings {
            switch setting.destination {
            case .variable(let name): try place(setting, inVariable: name, types)
            case .map(let name, let field):
                try place(setting, in: try Self.map(name, among: maps), field: field, types)
            }
        }
    }

    private static func check(
        _ program: ObjectProgram, among programs: [BPFObject.Program]
    ) throws(ObjectError) {
        guard let found = programs.first(where: { $0.name == program.name }) else {
            let names = programs.map(\.name).joined(separator: ", ")
            throw .mismatch("program \(program.name)", "the object has none; it has \(names)")
        }
        for place in program.places where place.kind != found.kind {
            throw .mismatch(
                "program \(program.name)",
                "its section is \(found.section), so it cannot be attached to \(place)")
        }
    }

    private static func map(
        _ name: String, among maps: [BPFObject.Map]
    ) throws(ObjectError) -> BPFObject.Map {
        guard let map = maps.first(where: { $0.name == name }) else {
            let names = maps.map(\.name).joined(separator: ", ")
            throw .mismatch("map \(name)", "the object has none; it has \(names)")
        }
        return map
    }

    private mutating func place(
        _ setting: ObjectSetting, inVariable name: String, _ types: BTF
    ) throws(ObjectError) {
        let found: BTF.Variable?
        do {
            found = try types.variable(named: name)
        } catch {
            throw .mismatch("variable \(name)", "\(error)")
        }
        guard let found, let section = BPFObject.GlobalSection(rawValue: found.section) else {
            throw .mismatch("variable \(name)", "the object has none that can be set")
        }
        let layout = try Self.layout(of: found.type, "variable \(name)", types)
        guard layout.fields.count == 1, let field = layout.fields.first else {
            throw .mismatch("variable \(name)", "it is a structure")
        }
        if let bytes = try encoded(setting, as: field, "variable \(name)") {
            variables.append(Variable(name: name, section: section, bytes: bytes))
        }
    }

    private mutating func place(
        _ setting: ObjectSetting, in map: BPFObject.Map, field name: String?, _ types: BTF
    ) throws(ObjectError) {
        let subject = "map \(map.name)"
        guard map.kind == .array, map.types.value != 0 else {
            throw .mismatch(subject, "values are put only into arrays with a declared type")
        }
        let layout = try Self.layout(of: BTFTypeID(map.types.value), subject, types)
        guard let field = name.map({ layout.field($0) }) ?? layout.fields.first,
            name != nil || layout.fields.count == 1
        else {
            throw .mismatch(subject, name.map { "there is no field \($0)" } ?? "name a field of it")
        }
        if let bytes = try encoded(setting, as: field, subject) {
            fields.append(Field(map: map.name, offset: Int(field.bitOffset / 8), bytes: bytes))
        }
    }

    static func layout(
        of type: BTFTypeID, _ subject: String, _ types: BTF
    ) throws(ObjectError) -> ValueLayout {
        do {
            return try ValueLayout(of: type, in: types)
        } catch {
            throw .mismatch(subject, error.description)
        }
    }

    private func encoded(
        _ setting: ObjectSetting, as field: ValueLayout.Field, _ subject: String
    ) throws(ObjectError) -> [UInt8]? {
        let takesText = if case .characters = field.kind { true } else { false }
        guard takesText == setting.isText,
            takesText || field.kind.encoded(0, byteOrder: byteOrder) != nil,
            field.bitOffset % 8 == 0
        else {
            throw .mismatch(
                subject, "what --\(setting.name) gives is \(setting.isText ? "text" : "a number")")
        }
        switch setting.value {
        case nil: return nil
        case .number(let number)?:
            guard let bytes = field.kind.encoded(number, byteOrder: byteOrder) else {
                throw .unsuitable(
                    option: setting.name, "\(number) does not fit \(field.kind.bits) bits")
            }
            return bytes
        case .text(let text)?:
            guard let bytes = field.kind.encoded(text) else {
                throw .unsuitable(
                    option: setting.name, "at most \(field.kind.bits / 8 - 1) bytes have room")
            }
            return bytes
        }
    }
}
