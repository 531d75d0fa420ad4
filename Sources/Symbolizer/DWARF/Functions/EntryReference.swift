/// An entry that another one refers to.
struct EntryReference: Hashable, Sendable {
    /// Its offset in `.debug_info`.
    let offset: UInt64
    /// Whether it is in the supplementary file.
    let isSupplementary: Bool

    /// An entry at an offset.
    init(_ offset: UInt64, isSupplementary: Bool = false) {
        self.offset = offset
        self.isSupplementary = isSupplementary
    }

    /// The entry a value of an attribute of a unit refers to.
    init?(_ value: AttributeValue, in header: UnitHeader) {
        switch value {
        case .unitReference(let distance): self.init(header.offset &+ distance)
        case .sectionReference(let offset): self.init(offset)
        case .supplementaryReference(let offset): self.init(offset, isSupplementary: true)
        default: return nil
        }
    }
}
