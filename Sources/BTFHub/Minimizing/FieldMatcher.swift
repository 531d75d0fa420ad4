internal import Bytes

/// Looks for a program's field or enumerator in a kernel's type of the same name
/// (`bpf_core_spec_match`).
struct FieldMatcher {
    let path: AccessPath
    let local: BTF
    let target: BTF
    private let types: TypeMatcher

    init(_ path: AccessPath, types: TypeMatcher) {
        self.path = path
        local = types.local
        target = types.target
        self.types = types
    }

    /// The way to the enumerator of the same name, or nil.
    ///
    /// - Throws: `BTFError` if either type information is damaged.
    func enumerator(in candidate: BTFTypeID) throws -> AccessPath? {
        let type = try target.resolve(candidate)
        guard type.kind.isEnumeration, let accessor = path.accessors.first else { return nil }
        let own = local.enumerator(accessor.index, of: try local.type(accessor.type))
        for index in 0..<type.count {
            let other = target.enumerator(index, of: type)
            guard try types.namesMatch(own.nameOffset, other.nameOffset) else { continue }
            return AccessPath(
                root: candidate, indexes: [index],
                accessors: [.init(type: type.id, index: index, isNamed: true)])
        }
        return nil
    }

    /// The way to the field of the same name, or nil.
    ///
    /// - Throws: `BTFError` if either type information is damaged, `RelocationFault` if types are
    ///   nested too deep.
    func field(in candidate: BTFTypeID) throws -> AccessPath? {
        var found = AccessPath(root: candidate)
        var type = try target.resolve(candidate)
        for (number, accessor) in path.accessors.enumerated() {
            if accessor.isNamed {
                var fruitless: Set<BTFTypeID> = []
                guard
                    case .member(let next) = try member(
                        accessor, of: type, into: &found, fruitless: &fruitless)
                else { return nil }
                type = try target.resolve(next)
            } else {
                if number > 0 {
                    guard let element = try element(accessor, of: type, after: found) else {
                        return nil
                    }
                    type = element
                }
                guard found.indexes.count < AccessPath.longest else {
                    throw RelocationFault.tooDeep
                }
                found.accessors.append(.init(type: type.id, index: accessor.index, isNamed: false))
                found.indexes.append(accessor.index)
                found.bitOffset &+= try AccessPath.bits(
                    of: accessor.index, elementsOf: type.id, in: target)
            }
        }
        return found
    }

    /// The type of the elements of an array that has such an element.
    private func element(
        _ accessor: AccessPath.Accessor, of type: BTFType, after found: AccessPath
    ) throws -> BTFType? {
        guard type.kind == .array else { return nil }
        let array = target.array(type)
        guard
            try AccessPath.isWithin(
                accessor.index, array, after: found.accessors.last, in: target)
        else { return nil }
        return try target.resolve(array.element)
    }

    private enum Finding {
        /// The member was found; what is its type.
        case member(BTFTypeID)
        /// A member of this name was found, and is of a type that cannot be read as this one.
        case incompatible
        case none
    }

    /// Looks for a member by name, in anonymous members too (`bpf_core_match_member`); what is known
    /// to be fruitless is not looked at again.
    private func member(
        _ accessor: AccessPath.Accessor, of type: BTFType, into found: inout AccessPath,
        fruitless: inout Set<BTFTypeID>
    ) throws -> Finding {
        guard type.kind.isComposite, !fruitless.contains(type.id) else { return .none }
        let own = local.member(accessor.index, of: try local.type(accessor.type))
        let name = try local.string(at: own.nameOffset)
        for index in 0..<type.count {
            let member = target.member(index, of: type)
            let outer = found
            if member.nameOffset == 0 {
                guard found.indexes.count < AccessPath.longest else {
                    throw RelocationFault.tooDeep
                }
                found.indexes.append(index)
                found.bitOffset &+= member.bitOffset
                let inner = try self.member(
                    accessor, of: try target.resolve(member.type), into: &found,
                    fruitless: &fruitless)
                if case .member = inner { return inner }
                found = outer
            } else if try target.string(at: member.nameOffset).isEqual(to: name) {
                guard try types.fieldsAreCompatible(own.type, member.type) else {
                    return .incompatible
                }
                guard found.indexes.count < AccessPath.longest else {
                    throw RelocationFault.tooDeep
                }
                found.indexes.append(index)
                found.bitOffset &+= member.bitOffset
                found.accessors.append(.init(type: type.id, index: index, isNamed: true))
                return .member(member.type)
            }
        }
        fruitless.insert(type.id)
        return .none
    }
}

extension RawSpan {
    /// Whether the bytes are those of another.
    func isEqual(to other: RawSpan) -> Bool {
        byteCount == other.byteCount && hasBytes(other, at: 0)
    }
}
