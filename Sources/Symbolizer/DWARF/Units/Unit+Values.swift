internal import Bytes

extension Unit {
    /// The unit whose addresses this one's indices stand for.
    private var addressUnit: Unit { skeleton ?? self }

    /// The base of range lists that do not name one.
    var baseAddress: UInt64 { address(addressUnit.root.lowAddress) ?? 0 }

    /// An address, also one that is given by its index.
    func address(_ value: AttributeValue) -> UInt64? {
        switch value {
        case .address(let address): return address
        case .addressIndex(let index):
            let unit = addressUnit
            let size = header.encoding.addressSize
            // Where no base is told, the addresses follow the header of the section.
            let base = unit.root.addressBase ?? defaultBase(headerSize: 4)
            let section = unit.file.sections.addresses
            var cursor = SectionCursor(
                section.bytes, at: base.addingProduct(index, UInt64(size)))
            let address = cursor.readUnsigned(size: size)
            return cursor.isValid ? address : nil
        default: return nil
        }
    }

    /// The section with the unit's range lists of DWARF 5.
    ///
    /// GCC 11 leaves those of a split unit in the image.
    var rangeListSection: SectionBytes { rangeListUnit.file.sections.rangeLists }

    private var rangeListUnit: Unit {
        guard let skeleton, file.sections.rangeLists.byteCount == 0 else { return self }
        return skeleton
    }

    /// Where the range list of an index starts.
    func rangeListOffset(of index: UInt64) -> UInt64? {
        let size = header.encoding.offsetSize
        let base =
            rangeListUnit.root.rangeListsBase
            ?? defaultBase(headerSize: 8) &+ header.contributions.rangeLists
        let section = rangeListSection
        var cursor = SectionCursor(section.bytes, at: base.addingProduct(index, UInt64(size)))
        let offset = cursor.readUnsigned(size: size)
        return cursor.isValid ? base &+ offset : nil
    }

    /// The text of a string, or nil where it is missing or empty.
    func text(_ location: StringLocation?) -> String? {
        location.flatMap { file.text($0, of: header, stringOffsetsBase: root.stringOffsetsBase) }
    }

    /// Where what indices lead to starts in a section of DWARF 5 that has one header: after its
    /// length and the rest of the header; before DWARF 5 there is no header.
    private func defaultBase(headerSize: UInt64) -> UInt64 {
        header.encoding.defaultBase(headerSize: headerSize)
    }
}

extension UnitEncoding {
    /// The size of the header of a section with indices: its length, then `headerSize` bytes.
    func defaultBase(headerSize: UInt64) -> UInt64 {
        guard version >= 5 else { return 0 }
        return (offsetSize == 8 ? 12 : 4) + headerSize
    }
}

extension DebugFile {
    /// The text of a string of a unit, or nil where it is missing or empty.
    ///
    /// The base is where the unit's offsets are in `.debug_str_offsets`, if its root tells. What is
    /// in place is in `.debug_info`, or in `.debug_line` if it was found there.
    func text(
        _ location: StringLocation, of header: UnitHeader, stringOffsetsBase base: UInt64?,
        isInLines: Bool = false
    ) -> String? {
        let section: SectionBytes
        let offset: UInt64
        switch location {
        case .inline(let place):
            (section, offset) = (isInLines ? sections.lines : sections.info, place)
        case .strings(let place): (section, offset) = (sections.strings, place)
        case .lineStrings(let place): (section, offset) = (sections.lineStrings, place)
        case .supplementary(let place):
            guard let supplementary else { return nil }
            (section, offset) = (supplementary.sections.strings, place)
        case .index(let index):
            let size = header.encoding.offsetSize
            let base =
                base ?? header.encoding.defaultBase(headerSize: 4)
                &+ header.contributions.stringOffsets
            let offsets = sections.stringOffsets
            var cursor = SectionCursor(offsets.bytes, at: base.addingProduct(index, UInt64(size)))
            (section, offset) = (sections.strings, cursor.readUnsigned(size: size))
            guard cursor.isValid else { return nil }
        }
        return section.text(at: offset)
    }
}

extension UInt64 {
    /// The sum of this and a product, or the largest number where that is too large.
    func addingProduct(_ factor: UInt64, _ other: UInt64) -> UInt64 {
        let (product, overflow) = factor.multipliedReportingOverflow(by: other)
        let (sum, overflowOfSum) = addingReportingOverflow(product)
        return overflow || overflowOfSum ? .max : sum
    }
}
