/// A type: what its own words say (`struct btf_type`). Members, enumerators and the like are asked
/// of the ``BTF`` it is from.
package struct BTFType: Hashable, Sendable {
    /// Its number.
    package let id: BTFTypeID
    /// What it is.
    package let kind: BTFKind
    /// Where its name is among the strings; 0 for none.
    package let nameOffset: UInt32
    /// How many members, enumerators, parameters or variables it has.
    package let count: Int
    /// Of composites: whether members say their size in bits; of enumerations: whether values have
    /// a sign; of forward declarations: whether it is a union.
    package let flag: Bool
    /// The last word: a size in bytes, or the number of a type.
    let sizeOrTarget: UInt32
    /// Where the bytes that follow it start, from the start of the types.
    let details: Int

    /// Whether it has no name.
    package var isAnonymous: Bool { nameOffset == 0 }

    /// Its size in bytes, of kinds that say it; 0 of others.
    package var size: UInt32 { kind.hasTarget ? 0 : sizeOrTarget }

    /// The type it stands for, points to or returns; void for kinds that have none.
    package var target: BTFTypeID { kind.hasTarget ? BTFTypeID(sizeOrTarget) : .void }

    /// The type that the number 0 stands for.
    static let void = BTFType(
        id: .void, kind: .void, nameOffset: 0, count: 0, flag: false, sizeOrTarget: 0, details: 0)
}
