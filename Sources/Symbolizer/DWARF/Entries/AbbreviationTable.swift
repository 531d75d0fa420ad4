/// The shape of the debugging entries of one code: what they describe and which attributes follow.
struct Abbreviation: Sendable {
    /// The code entries begin with.
    let code: UInt64
    /// What they describe.
    let tag: Tag
    /// Whether entries below them follow, up to a zero byte.
    let hasChildren: Bool
    /// Whether they have an address of code.
    let hasCode: Bool
    /// Where their attributes are in the table.
    let attributes: Range<Int>
    /// Where the steps over them are in the table.
    let steps: Range<Int>
}

/// One attribute of an abbreviation.
struct AttributeSpecification: Sendable {
    /// What it tells.
    let name: AttributeName
    /// How it is encoded.
    let form: Form
    /// Its value, where that is the same for all entries (`DW_FORM_implicit_const`).
    let constant: Int64
}

/// The abbreviations of a unit (DWARF 5, section 7.5.3), in flat arrays.
final class AbbreviationTable: Sendable {
    /// The abbreviations; in the order of their codes, which begin with 1, if `isDense`.
    let abbreviations: [Abbreviation]
    /// The attributes of all of them.
    let attributes: [AttributeSpecification]
    /// The steps over the attributes of all of them.
    let steps: [SkipStep]
    /// How many bytes were decoded.
    let byteCount: Int

    /// Codes that are not one more than the index of the abbreviation.
    private let sparse: [UInt64: Int]

    init(
        abbreviations: [Abbreviation], attributes: [AttributeSpecification], steps: [SkipStep],
        byteCount: Int
    ) {
        self.abbreviations = abbreviations
        self.attributes = attributes
        self.steps = steps
        self.byteCount = byteCount
        let indices = abbreviations.indices.filter {
            abbreviations[$0].code != UInt64($0) + 1
        }
        // Of two declarations of one code, the first counts.
        sparse = Dictionary(indices.map { (abbreviations[$0].code, $0) }) { first, _ in first }
    }

    /// The index of the abbreviation of a code, or nil if the table has none.
    @inline(__always)
    func index(of code: UInt64) -> Int? {
        let index = Int(truncatingIfNeeded: code &- 1)
        if index >= 0, index < abbreviations.count, abbreviations[index].code == code {
            return index
        }
        return sparse[code]
    }
}
