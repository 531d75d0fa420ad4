/// How the integers of a unit are written.
struct UnitEncoding: Hashable, Sendable {
    /// The version of DWARF.
    let version: UInt8
    /// How many bytes an address has.
    let addressSize: UInt8
    /// How many bytes an offset into a section has: 4, or 8 in the 64-bit format.
    let offsetSize: UInt8

    /// How many bytes a reference to an entry of another unit has; version 2 made it an address.
    var sectionReferenceSize: UInt8 { version < 3 ? addressSize : offsetSize }
}
