internal import Bytes

/// Compares types of a program with types of a kernel, by libbpf's rules (`relo_core.c`).
struct TypeMatcher {
    let local: BTF
    let target: BTF
    /// What was found out about pairs of types; types can refer to each other in ways that would
    /// take for ever otherwise.
    private var known: [Pair: Bool] = [:]

    /// Types of types of types: libbpf gives up at this depth too.
    private static let deepest = 32

    /// A question about two types.
    private struct Pair: Hashable {
        var local: BTFTypeID
        var target: BTFTypeID
        var rule: Rule
    }

    private enum Rule: Hashable {
        case compatible, matching, matchingBehindPointer
    }

    init(local: BTF, target: BTF) {
        self.local = local
        self.target = target
    }

    /// Whether both are of one kind; enumerations of either width are.
    static func areAlike(_ left: BTFKind, _ right: BTFKind) -> Bool {
        left == right || (left.isEnumeration && right.isEnumeration)
    }

    /// Whether a field of a type can be read as one of the other (`bpf_core_fields_are_compat`).
    ///
    /// - Throws: `BTFError` if either type information is damaged.
    func fieldsAreCompatible(_ localID: BTFTypeID, _ targetID: BTFTypeID) throws -> Bool {
        var left = try local.resolve(localID)
        var right = try target.resolve(targetID)
        for _ in 0..<Self.deepest {
            if left.kind.isComposite, right.kind.isComposite { return true }
            guard Self.areAlike(left.kind, right.kind) else { return false }
            switch left.kind {
            case .pointer, .float:
                return true
            case .forward, .enumeration, .enumeration64:
                return try left.isAnonymous || right.isAnonymous || namesMatch(left, right)
            case .integer:
                return local.integer(left).bitOffset == 0 && target.integer(right).bitOffset == 0
            case .array:
                left = try local.resolve(local.array(left).element)
                right = try target.resolve(target.array(right).element)
            default:
                return false
            }
        }
        throw RelocationFault.tooDeep
    }

    /// Whether a type is there, for the questions whether and how large it is
    /// (`bpf_core_types_are_compat`).
    ///
    /// - Throws: `BTFError` if either type information is damaged, `RelocationFault` if types are
    ///   nested too deep.
    mutating func areCompatible(_ localID: BTFTypeID, _ targetID: BTFTypeID) throws -> Bool {
        guard Self.areAlike(try local.type(localID).kind, try target.type(targetID).kind) else {
            return false
        }
        return try areCompatible(localID, targetID, depth: 0)
    }

    private mutating func areCompatible(
        _ localID: BTFTypeID, _ targetID: BTFTypeID, depth: Int
    ) throws -> Bool {
        try answer(localID, targetID, .compatible, depth) { matcher, left, right in
            guard Self.areAlike(left.kind, right.kind) else { return false }
            switch left.kind {
            case .void, .structure, .union, .enumeration, .enumeration64, .forward:
                return true
            case .integer:
                return matcher.local.integer(left).bitOffset == 0
                    && matcher.target.integer(right).bitOffset == 0
            case .pointer:
                return try matcher.areCompatible(left.target, right.target, depth: depth + 1)
            case .array:
                return try matcher.areCompatible(
                    matcher.local.array(left).element, matcher.target.array(right).element,
                    depth: depth + 1)
            case .prototype:
                return try matcher.prototypes(left, right) { matcher, left, right in
                    try matcher.areCompatible(left, right, depth: depth + 1)
                }
            default:
                return false
            }
        }
    }

    /// Whether a type is there with all that the program's declares (`bpf_core_types_match`).
    ///
    /// - Throws: `BTFError` if either type information is damaged, `RelocationFault` if types are
    ///   nested too deep.
    mutating func match(_ localID: BTFTypeID, _ targetID: BTFTypeID) throws -> Bool {
        try match(localID, targetID, behindPointer: false, depth: 0)
    }

    private mutating func match(
        _ localID: BTFTypeID, _ targetID: BTFTypeID, behindPointer: Bool, depth: Int
    ) throws -> Bool {
        let rule: Rule = behindPointer ? .matchingBehindPointer : .matching
        return try answer(localID, targetID, rule, depth) { matcher, left, right in
            guard try matcher.namesMatch(left, right) else { return false }
            switch left.kind {
            case .void:
                return right.kind == .void
            case .forward:
                return Self.forwardMatches(left, right, behindPointer: behindPointer)
            case .enumeration, .enumeration64:
                return try matcher.enumerationsMatch(left, right)
            case .structure, .union:
                if behindPointer { return Self.declarationsMatch(left, right) }
                return try matcher.compositesMatch(left, right, depth: depth)
            case .integer:
                return right.kind == .integer && left.size == right.size
                    && matcher.local.integer(left).isSigned
                        == matcher.target.integer(right).isSigned
            case .pointer:
                guard right.kind == .pointer else { return false }
                return try matcher.match(
                    left.target, right.target, behindPointer: true, depth: depth + 1)
            case .array:
                guard right.kind == .array else { return false }
                let (array, other) = (matcher.local.array(left), matcher.target.array(right))
                guard array.count == other.count else { return false }
                return try matcher.match(
                    array.element, other.element, behindPointer: behindPointer, depth: depth + 1)
            case .prototype:
                guard right.kind == .prototype else { return false }
                return try matcher.prototypes(left, right) { matcher, left, right in
                    try matcher.match(left, right, behindPointer: behindPointer, depth: depth + 1)
                }
            default:
                return false
            }
        }
    }

    /// A declaration matches one of its kind; behind a pointer, also what it declares.
    private static func forwardMatches(
        _ left: BTFType, _ right: BTFType, behindPointer: Bool
    ) -> Bool {
        if left.kind == right.kind { return left.flag == right.flag }
        guard behindPointer else { return false }
        return right.kind == (left.flag ? .union : .structure)
    }

    /// Behind a pointer, kinds are all that is compared, and the kernel's may be a declaration.
    private static func declarationsMatch(_ left: BTFType, _ right: BTFType) -> Bool {
        if left.kind == right.kind { return true }
        return right.kind == .forward && right.flag == (left.kind == .union)
    }

    /// Whether each member of the program's is in the kernel's.
    private mutating func compositesMatch(
        _ left: BTFType, _ right: BTFType, depth: Int
    ) throws -> Bool {
        guard left.kind == right.kind, left.count <= right.count else { return false }
        return try local.members(of: left).allSatisfy { member in
            try target.members(of: right).contains { other in
                try namesMatch(member.nameOffset, other.nameOffset)
                    && match(member.type, other.type, behindPointer: false, depth: depth + 1)
            }
        }
    }

    /// Whether each enumerator of the program's is in the kernel's, whatever its value.
    private func enumerationsMatch(_ left: BTFType, _ right: BTFType) throws -> Bool {
        guard right.kind.isEnumeration, left.size == right.size, left.count <= right.count else {
            return false
        }
        let others = target.enumerators(of: right)
        return try local.enumerators(of: left).allSatisfy { enumerator in
            try others.contains { try namesMatch(enumerator.nameOffset, $0.nameOffset) }
        }
    }

    /// Whether parameters and results of prototypes are alike.
    private mutating func prototypes(
        _ left: BTFType, _ right: BTFType,
        _ areAlike: (inout Self, BTFTypeID, BTFTypeID) throws -> Bool
    ) throws -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count {
            let parameter = local.parameter(index, of: left)
            let other = target.parameter(index, of: right)
            guard try areAlike(&self, parameter.type, other.type) else { return false }
        }
        return try areAlike(&self, left.target, right.target)
    }

    /// The answer to a question, which is worked out once.
    private mutating func answer(
        _ localID: BTFTypeID, _ targetID: BTFTypeID, _ rule: Rule, _ depth: Int,
        _ body: (inout Self, BTFType, BTFType) throws -> Bool
    ) throws -> Bool {
        guard depth < Self.deepest else { throw RelocationFault.tooDeep }
        let left = try local.resolve(localID)
        let right = try target.resolve(targetID)
        let pair = Pair(local: left.id, target: right.id, rule: rule)
        if let known = known[pair] { return known }
        let result = try body(&self, left, right)
        known[pair] = result
        return result
    }

    private func namesMatch(_ left: BTFType, _ right: BTFType) throws -> Bool {
        try namesMatch(left.nameOffset, right.nameOffset)
    }

    /// Whether names are the same but for their flavors; no name matches only none.
    func namesMatch(_ left: UInt32, _ right: UInt32) throws -> Bool {
        EssentialName.areEqual(try local.string(at: left), try target.string(at: right))
    }
}
