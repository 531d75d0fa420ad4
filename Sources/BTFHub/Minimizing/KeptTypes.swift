/// What of a kernel's types is needed, collected one relocation at a time.
struct KeptTypes {
    /// What is needed of one type, besides its name and size.
    struct Parts {
        /// Members, by their indexes.
        var members: Set<Int> = []
        /// Enumerators, by their indexes.
        var enumerators: Set<Int> = []
        /// Of pointers, whether what they point to is asked for.
        var isFollowed = false
    }

    /// The types the numbers are from.
    let types: BTF
    /// The types that are needed, without any that merely stand for others.
    private(set) var parts: [BTFTypeID: Parts] = [:]

    init(of types: BTF) {
        self.types = types
    }

    /// Keeps what the answer to a relocation takes.
    ///
    /// - Throws: `BTFError` if types are damaged.
    mutating func keep(_ path: AccessPath, for kind: RelocationKind) throws(BTFError) {
        try keepName(path.root)
        switch kind {
        case .typeIDLocal:
            break
        case .enumeratorExists, .enumeratorValue:
            let type = try types.resolve(path.root)
            parts[type.id, default: Parts()].enumerators.formUnion(path.indexes)
        case .typeIDTarget, .typeExists, .typeSize:
            try keepShape(path.root)
        case .typeMatches:
            try keepAll(path.root)
        default:
            try keepWay(path)
        }
    }

    /// Keeps the type that was found by its name, which may merely stand for another.
    private mutating func keepName(_ root: BTFTypeID) throws(BTFError) {
        parts[root, default: Parts()].isFollowed = true
        try keepValue(try types.resolve(root))
    }

    /// Keeps each member on the way to a field.
    private mutating func keepWay(_ path: AccessPath) throws(BTFError) {
        var type = try types.resolve(path.root)
        for index in path.indexes.dropFirst() {
            switch type.kind {
            case .structure, .union:
                type = try keepMember(index, of: type)
            case .array:
                type = try types.resolve(types.array(type).element)
            default:
                throw types.error(.unexpectedKind(type.id, type.kind))
            }
        }
    }

    private mutating func keepMember(
        _ index: Int, of type: BTFType
    ) throws(BTFError) -> BTFType {
        let member = try types.resolve(types.member(index, of: type).type)
        parts[type.id, default: Parts()].members.insert(index)
        try keepValue(member)
        // An array of no elements that became the last member would be taken for a flexible one.
        let last = type.count - 1
        if index < last, member.kind == .array, types.array(member).count == 0 {
            parts[type.id, default: Parts()].members.insert(last)
            try keepValue(try types.resolve(types.member(last, of: type).type))
        }
        return member
    }

    /// Keeps a type so far that it has a kind and a size: of composites no members, of pointers
    /// not what they point to.
    private mutating func keepValue(_ type: BTFType) throws(BTFError) {
        var type = type
        while type.kind != .void {
            // What is kept already is so with its elements.
            guard parts[type.id] == nil || type.kind == .array else { return }
            if parts[type.id] == nil { parts[type.id] = Parts() }
            guard type.kind == .array else { return }
            _ = try types.size(of: type.id)
            type = try types.resolve(types.array(type).element)
        }
    }

    /// Keeps a type with what its pointers and parameters lead to, but no members.
    private mutating func keepShape(_ root: BTFTypeID) throws(BTFError) {
        var seen: Set<BTFTypeID> = []
        var pending = [root]
        while let id = pending.popLast() {
            let type = try types.resolve(id)
            guard type.kind != .void, seen.insert(type.id).inserted else { continue }
            pending += keepTargets(of: type)
        }
    }

    /// Keeps a type with all its members, theirs, and the like; behind pointers only as declared.
    private mutating func keepAll(_ root: BTFTypeID) throws(BTFError) {
        struct Step: Hashable {
            var type: BTFTypeID
            var isBehindPointer: Bool
        }
        var seen: Set<Step> = []
        var pending = [Step(type: root, isBehindPointer: false)]
        while let step = pending.popLast() {
            let type = try types.resolve(step.type)
            let here = Step(type: type.id, isBehindPointer: step.isBehindPointer)
            guard type.kind != .void, seen.insert(here).inserted else { continue }
            let isBehind = step.isBehindPointer || type.kind == .pointer
            pending += keepTargets(of: type).map { Step(type: $0, isBehindPointer: isBehind) }
            if type.kind.isComposite, !isBehind {
                parts[type.id, default: Parts()].members.formUnion(0..<type.count)
                pending += types.members(of: type).map {
                    Step(type: $0.type, isBehindPointer: false)
                }
            } else if type.kind.isEnumeration {
                parts[type.id, default: Parts()].enumerators.formUnion(0..<type.count)
            }
        }
    }

    /// Keeps one type, and returns those it is made of.
    private mutating func keepTargets(of type: BTFType) -> [BTFTypeID] {
        parts[type.id, default: Parts()].isFollowed = true
        switch type.kind {
        case .pointer: return [type.target]
        case .array: return [types.array(type).element]
        case .prototype:
            return [type.target] + (0..<type.count).map { types.parameter($0, of: type).type }
        default: return []
        }
    }
}
