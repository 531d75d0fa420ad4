/// The fields of a type, those of structures in it among them, in a row.
///
/// A member of a member is `outer.inner`, that of an element `outer[1].inner`; members of anonymous
/// structures and unions have names of their own. A type that is no structure is one field
/// without a name.
package struct ValueLayout: Equatable, Sendable {
    /// One field: what it is called, and where and what it is.
    package struct Field: Equatable, Sendable {
        /// Its name.
        package let name: String
        /// Where it starts, in bits from the start of the value.
        package let bitOffset: UInt64
        /// What it holds.
        package let kind: FieldKind
    }

    /// The fields.
    package let fields: [Field]
    /// The size of the whole in bytes.
    package let size: Int

    /// Why a type cannot be shown.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// More fields than anybody reads.
    static let mostFields = 256
    /// More structures in each other than anybody writes.
    static let deepestNest = 16
    /// More members, those without fields too, than it takes to have so many fields.
    static let mostSteps = 16 * mostFields
    /// A longer name is none, in bytes.
    static let longestName = 256

    /// Lays out a type.
    ///
    /// - Throws: `Fault` if it has something that cannot be shown, or too much of it.
    package init(of type: BTFTypeID, in types: BTF) throws(Fault) {
        var builder = LayoutBuilder(types)
        do {
            size = Int(try types.size(of: type))
            try builder.add(type, name: "", bitOffset: 0, depth: 0)
        } catch {
            throw error as? Fault ?? Fault(description: "\(error)")
        }
        fields = builder.fields
    }

    /// The field of a name.
    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// Walks through a type.
private struct LayoutBuilder {
    private let types: BTF
    private(set) var fields: [ValueLayout.Field] = []
    private var steps = 0

    init(_ types: BTF) {
        self.types = types
    }

    mutating func add(
        _ id: BTFTypeID, name: String, bitOffset: UInt64, bits: UInt32 = 0, depth: Int
    ) throws {
        guard depth < ValueLayout.deepestNest else {
            throw ValueLayout.Fault(description: "\(shown(name)) is nested too deeply")
        }
        steps += 1
        guard steps <= ValueLayout.mostSteps else {
            throw ValueLayout.Fault(description: "it has too many members")
        }
        let type = try types.resolve(id)
        switch type.kind {
        case .structure, .union:
            try addMembers(of: type, name: name, bitOffset: bitOffset, depth: depth)
        case .array:
            try addArray(types.array(type), name: name, bitOffset: bitOffset, depth: depth)
        default:
            try append(
                FieldKind(scalar: type, bits: bits, in: types), name: name, bitOffset: bitOffset,
                type)
        }
    }

    private mutating func addMembers(
        of type: BTFType, name: String, bitOffset: UInt64, depth: Int
    ) throws {
        for index in 0..<type.count {
            let member = types.member(index, of: type)
            guard try types.string(at: member.nameOffset).byteCount <= ValueLayout.longestName
            else { throw ValueLayout.Fault(description: "\(shown(name)) has too long a name") }
            let own = try types.text(at: member.nameOffset)
            let names = [name, own].filter { !$0.isEmpty }
            // Both have 32 bits, and depth is limited.
            try add(
                member.type, name: names.joined(separator: "."),
                bitOffset: bitOffset + UInt64(member.bitOffset), bits: member.bitFieldSize,
                depth: depth + 1)
        }
    }

    private mutating func addArray(
        _ array: BTFArray, name: String, bitOffset: UInt64, depth: Int
    ) throws {
        let element = try types.resolve(array.element)
        let size = UInt64(try types.size(of: array.element))
        if let kind = try FieldKind(arrayOf: array.element, element, array.count, in: types) {
            return try append(kind, name: name, bitOffset: bitOffset, element)
        }
        guard array.count <= ValueLayout.mostFields else {
            throw ValueLayout.Fault(description: "\(shown(name)) has too many elements")
        }
        for index in 0..<UInt64(array.count) {
            try add(
                array.element, name: "\(name)[\(index)]", bitOffset: bitOffset + index * size * 8,
                depth: depth + 1)
        }
    }

    private mutating func append(
        _ kind: FieldKind?, name: String, bitOffset: UInt64, _ type: BTFType
    ) throws {
        guard let kind else {
            throw ValueLayout.Fault(
                description: "\(shown(name)) is a \(type.kind.name) of \(type.size) bytes, "
                    + "which cannot be shown")
        }
        guard fields.count < ValueLayout.mostFields else {
            throw ValueLayout.Fault(
                description: "it has more than \(ValueLayout.mostFields) fields")
        }
        fields.append(ValueLayout.Field(name: name, bitOffset: bitOffset, kind: kind))
    }

    private func shown(_ name: String) -> String { name.isEmpty ? "it" : name }
}
