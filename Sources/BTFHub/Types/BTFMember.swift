/// A member of a structure or union (`struct btf_member`).
package struct BTFMember: Hashable, Sendable {
    /// Where its name is among the strings; 0 for an anonymous structure or union.
    package let nameOffset: UInt32
    /// Its type.
    package let type: BTFTypeID
    /// Where it starts, in bits from the start of the composite.
    package let bitOffset: UInt32
    /// How many bits it has, of a bit field; 0 of others.
    package let bitFieldSize: UInt32

    /// Decodes the last word of a member, which holds both numbers where the composite says so.
    init(nameOffset: UInt32, type: BTFTypeID, position: UInt32, hasBitFields: Bool) {
        self.nameOffset = nameOffset
        self.type = type
        bitOffset = hasBitFields ? position & 0xff_ffff : position
        bitFieldSize = hasBitFields ? position >> 24 : 0
    }
}
