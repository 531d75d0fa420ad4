internal import Bytes

/// The names of a function.
struct EntryName: Sendable {
    /// The name the linker knows; nil where it is the same as that of the source, as in C, or not
    /// told.
    var linkageName: String?
    /// The name in the source, without its scope.
    var name: String?
    /// The line it is declared at.
    var line: UInt64?

    /// How many entries a function's names are looked for in, each referring to the next: an
    /// inlined call, its abstract function, the declaration in a class, and some to spare.
    static let longestChain = 16
}

extension DebugFile {
    /// The names of the function an entry describes, its own or those of what it refers to.
    ///
    /// The unit the entry is in is needed where that is of a package, whose units are not known.
    func name(of entry: UInt64, in unit: UnitHeader? = nil) -> EntryName {
        if let name = knownName(of: entry) { return name }
        var name = EntryName()
        var file = self
        var next = EntryReference(entry)
        for _ in 0..<EntryName.longestChain {
            guard
                let header = unit.flatMap({ $0.contains(next.offset) ? $0 : nil })
                    ?? file.header(containing: next.offset),
                let origin = file.readName(at: next.offset, of: header, into: &name),
                name.linkageName == nil
            else { break }
            if origin.isSupplementary {
                guard let supplementary = file.supplementary else { break }
                file = supplementary
            }
            next = origin
        }
        remember(name, of: entry)
        return name
    }

    /// Takes what names an entry has and the caller lacks, and returns the entry with more.
    private func readName(
        at entry: UInt64, of header: UnitHeader, into name: inout EntryName
    ) -> EntryReference? {
        guard header.kind != .unknown, let table = abbreviations(of: header) else { return nil }
        let info = sections.info
        var cursor = SectionCursor(info.bytes, at: entry)
        cursor.limit(to: header.end)
        guard let index = table.index(of: cursor.readULEB128()) else { return nil }
        var origin: EntryReference?
        for specification in table.attributes[table.abbreviations[index].attributes] {
            switch specification.name {
            case .linkageName, .mipsLinkageName:
                let value = cursor.read(specification, header.encoding)
                if name.linkageName == nil { name.linkageName = text(value, of: header) }
            case .name:
                let value = cursor.read(specification, header.encoding)
                if name.name == nil { name.name = text(value, of: header) }
            case .declarationLine:
                let value = cursor.read(specification, header.encoding)
                if name.line == nil { name.line = value.number }
            case .abstractOrigin, .specification:
                let value = cursor.read(specification, header.encoding)
                origin = EntryReference(value, in: header) ?? origin
            default: cursor.skip(specification.form, header.encoding)
            }
        }
        return cursor.isValid ? origin : nil
    }

    private func text(_ value: AttributeValue, of header: UnitHeader) -> String? {
        guard let location = value.string else { return nil }
        var base: UInt64?
        if case .index = location {
            base = UnitRoot(of: header, in: self)?.stringOffsetsBase
        }
        return text(location, of: header, stringOffsetsBase: base)
    }
}

extension UnitHeader {
    /// Whether an offset of the section is in the unit.
    func contains(_ offset: UInt64) -> Bool { offset >= self.offset && offset < end }
}
