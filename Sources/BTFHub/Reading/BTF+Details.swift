/// What follows a type, by its kind. Each function is for types of its kinds only, from this very
/// type information, and for indexes below the type's count.
extension BTF {
    /// A member of a structure or union.
    package func member(_ index: Int, of type: BTFType) -> BTFMember {
        precondition(type.kind.isComposite && index < type.count, "there is such a member")
        let owner = owner(of: type)
        let offset = type.details + index * 12
        return BTFMember(
            nameOffset: owner.word(at: offset), type: BTFTypeID(owner.word(at: offset + 4)),
            position: owner.word(at: offset + 8), hasBitFields: type.flag)
    }

    /// An enumerator of an enumeration.
    package func enumerator(_ index: Int, of type: BTFType) -> BTFEnumerator {
        precondition(type.kind.isEnumeration && index < type.count, "there is such an enumerator")
        let owner = owner(of: type)
        if type.kind == .enumeration64 {
            let offset = type.details + index * 12
            let low = UInt64(owner.word(at: offset + 4))
            let high = UInt64(owner.word(at: offset + 8))
            return BTFEnumerator(nameOffset: owner.word(at: offset), value: high << 32 | low)
        }
        let offset = type.details + index * 8
        let word = owner.word(at: offset + 4)
        let value =
            type.flag ? UInt64(bitPattern: Int64(Int32(bitPattern: word))) : UInt64(word)
        return BTFEnumerator(nameOffset: owner.word(at: offset), value: value)
    }

    /// A parameter of a prototype.
    package func parameter(_ index: Int, of type: BTFType) -> BTFParameter {
        precondition(type.kind == .prototype && index < type.count, "there is such a parameter")
        let owner = owner(of: type)
        let offset = type.details + index * 8
        return BTFParameter(
            nameOffset: owner.word(at: offset), type: BTFTypeID(owner.word(at: offset + 4)))
    }

    /// A variable of a data section.
    package func variable(_ index: Int, of type: BTFType) -> BTFVariableRange {
        precondition(type.kind == .dataSection && index < type.count, "there is such a variable")
        let owner = owner(of: type)
        let offset = type.details + index * 12
        return BTFVariableRange(
            variable: BTFTypeID(owner.word(at: offset)), offset: owner.word(at: offset + 4),
            size: owner.word(at: offset + 8))
    }

    /// What an array consists of.
    package func array(_ type: BTFType) -> BTFArray {
        precondition(type.kind == .array, "it is an array")
        let owner = owner(of: type)
        return BTFArray(
            element: BTFTypeID(owner.word(at: type.details)),
            index: BTFTypeID(owner.word(at: type.details + 4)),
            count: owner.word(at: type.details + 8))
    }

    /// How an integer is stored.
    package func integer(_ type: BTFType) -> BTFInteger {
        precondition(type.kind == .integer, "it is an integer")
        return BTFInteger(encoding: owner(of: type).word(at: type.details))
    }

    /// The members of a structure or union, in order.
    package func members(of type: BTFType) -> [BTFMember] {
        (0..<type.count).map { member($0, of: type) }
    }

    /// The enumerators of an enumeration, in order.
    package func enumerators(of type: BTFType) -> [BTFEnumerator] {
        (0..<type.count).map { enumerator($0, of: type) }
    }

    /// The type information that holds a type: this or a base.
    private func owner(of type: BTFType) -> BTF {
        if let base, Int(type.id.rawValue) < base.typeCount { return base.owner(of: type) }
        return self
    }
}
