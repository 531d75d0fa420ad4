/// The way from a type to a field or an enumerator (`struct bpf_core_spec`).
struct AccessPath {
    /// A step that the program's source shows: a named member, or an element of an array.
    struct Accessor {
        /// The composite, enumeration or element type.
        var type: BTFTypeID
        /// Which of its members, enumerators or elements.
        var index: Int
        /// Whether it is a named member or an enumerator, not an element.
        var isNamed: Bool
    }

    /// Where it starts.
    var root: BTFTypeID
    /// All steps, those into anonymous members too.
    var indexes: [Int] = []
    /// The steps that count when types are compared.
    var accessors: [Accessor] = []
    /// Where it ends, in bits from the start. Wraps around as libbpf's does.
    var bitOffset: UInt32 = 0

    /// More steps than libbpf takes are an error (`BPF_CORE_SPEC_MAX_LEN`).
    static let longest = 64
}

extension AccessPath {
    /// Decodes the way of a relocation through the types of its program
    /// (`bpf_core_parse_spec`).
    ///
    /// - Throws: `RelocationFault` if the types are not what the way goes through.
    init(of relocation: Relocation, in types: BTF) throws {
        root = relocation.root
        indexes = try Self.indexes(relocation.access)
        _ = try types.type(root)
        if relocation.kind.isAboutType {
            guard indexes == [0] else { throw RelocationFault.invalidAccess }
            return
        }
        let type = try types.resolve(root)
        if relocation.kind.isAboutEnumerator {
            guard type.kind.isEnumeration, indexes.count == 1, indexes[0] < type.count else {
                throw RelocationFault.invalidAccess
            }
            accessors = [Accessor(type: type.id, index: indexes[0], isNamed: true)]
            return
        }
        accessors = [Accessor(type: type.id, index: indexes[0], isNamed: false)]
        bitOffset = try Self.bits(of: indexes[0], elementsOf: type.id, in: types)
        var last = type
        for index in indexes.dropFirst() { last = try step(index, from: last, in: types) }
    }

    /// Takes one step, and returns the type it leads to.
    private mutating func step(_ index: Int, from type: BTFType, in types: BTF) throws -> BTFType {
        switch type.kind {
        case .structure, .union:
            guard index < type.count else { throw RelocationFault.invalidAccess }
            let member = types.member(index, of: type)
            bitOffset &+= member.bitOffset
            if member.nameOffset != 0 {
                accessors.append(Accessor(type: type.id, index: index, isNamed: true))
            }
            return try types.resolve(member.type)
        case .array:
            let array = types.array(type)
            let element = try types.resolve(array.element)
            guard try Self.isWithin(index, array, after: accessors.last, in: types) else {
                throw RelocationFault.invalidAccess
            }
            accessors.append(Accessor(type: element.id, index: index, isNamed: false))
            bitOffset &+= try Self.bits(of: index, elementsOf: element.id, in: types)
            return element
        default:
            throw RelocationFault.invalidAccess
        }
    }

    /// Whether an array has such an element, as far as its type tells: a flexible array, the last
    /// member of its structure, has all.
    static func isWithin(
        _ index: Int, _ array: BTFArray, after member: Accessor?, in types: BTF
    ) throws -> Bool {
        if index < Int(array.count) { return true }
        guard let member, member.isNamed, array.count == 0 else { return false }
        return member.index == (try types.type(member.type)).count - 1
    }

    /// How many bits an element of an array is from its start.
    static func bits(of index: Int, elementsOf type: BTFTypeID, in types: BTF) throws -> UInt32 {
        UInt32(truncatingIfNeeded: index) &* (try types.size(of: type)) &* 8
    }

    /// The numbers of an access string, `0:1:2`.
    private static func indexes(_ access: String) throws -> [Int] {
        let words = access.split(separator: ":", omittingEmptySubsequences: false)
        guard words.count <= longest else { throw RelocationFault.tooDeep }
        return try words.map { word in
            guard let index = UInt32(word) else { throw RelocationFault.invalidAccess }
            return Int(index)
        }
    }
}
