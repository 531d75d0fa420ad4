/// What a kernel's type answers to a relocation (`bpf_core_calc_relo`).
///
struct RelocationAnswer: Hashable {
    /// The number that is put into the instruction.
    var value: UInt64
    /// Where the field is, in bits.
    var bitOffset: UInt32 = 0
    /// How many bytes a load of the field has.
    var size: UInt32 = 0

    /// Works out the answer of a type, from the way found through it.
    ///
    /// - Throws: `RelocationFault` if there is none, `BTFError` if types are damaged.
    init(_ kind: RelocationKind, _ path: AccessPath, in types: BTF) throws {
        switch kind {
        case .typeIDLocal, .typeIDTarget:
            self.init(value: UInt64(path.root.rawValue))
        case .typeExists, .typeMatches, .enumeratorExists:
            self.init(value: 1)
        case .typeSize:
            self.init(value: UInt64(try types.size(of: path.root)))
        case .enumeratorValue:
            guard let last = path.accessors.last else { throw RelocationFault.invalidAccess }
            self.init(value: types.enumerator(last.index, of: try types.type(last.type)).value)
        default:
            self = try Self.field(kind, path, in: types)
        }
    }

    /// Whether libbpf takes both for the same; of sizes it takes the first type's.
    func agrees(with other: Self) -> Bool {
        value == other.value && bitOffset == other.bitOffset
    }

    private init(value: UInt64, bitOffset: UInt32 = 0, size: UInt32 = 0) {
        self.value = value
        self.bitOffset = bitOffset
        self.size = size
    }

    private static func field(
        _ kind: RelocationKind, _ path: AccessPath, in types: BTF
    ) throws -> Self {
        if kind == .fieldExists { return Self(value: 1, bitOffset: path.bitOffset) }
        guard let last = path.accessors.last else { throw RelocationFault.invalidAccess }
        let field =
            last.isNamed
            ? try FieldPlace(member: last, path, in: types)
            : try FieldPlace(element: last, path, in: types, asking: kind)
        return Self(value: field.answer(kind), bitOffset: path.bitOffset, size: field.byteSize)
    }
}
