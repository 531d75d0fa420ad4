internal import Bytes

extension AbbreviationTable {
    /// Decodes the table at an offset of `.debug_abbrev`, up to its end or to what is damaged.
    ///
    /// An abbreviation with a form that is not known is left out: entries of it cannot be read.
    /// With `only`, decoding ends at the abbreviation of that code, and keeps no other one.
    convenience init(
        parsing section: RawSpan, at offset: UInt64, encoding: UnitEncoding, only: UInt64? = nil
    ) {
        var cursor = SectionCursor(section, at: offset)
        var builder = Builder(encoding: encoding)
        repeat {
            let code = cursor.readULEB128()
            guard code != 0, cursor.isValid else { break }
            if let only, only != code {
                Builder.skip(&cursor)
            } else {
                builder.add(code: code, &cursor)
            }
        } while cursor.isValid && (only == nil || builder.abbreviations.isEmpty)
        self.init(
            abbreviations: builder.abbreviations, attributes: builder.attributes,
            steps: builder.steps, byteCount: cursor.position - Int(min(offset, cursor.offset)))
    }

    private struct Builder {
        let encoding: UnitEncoding
        var abbreviations: [Abbreviation] = []
        var attributes: [AttributeSpecification] = []
        var steps: [SkipStep] = []

        mutating func add(code: UInt64, _ cursor: inout SectionCursor) {
            let tag = Tag(rawValue: UInt16(clamping: cursor.readULEB128()))
            let hasChildren = cursor.readUInt8() != 0
            let firstAttribute = attributes.count
            let firstStep = steps.count
            var hasCode = false
            var isKnown = true
            while let attribute = Self.attribute(&cursor) {
                attributes.append(attribute)
                hasCode = hasCode || attribute.name == .lowAddress || attribute.name == .ranges
                isKnown = isKnown && addStep(over: attribute, since: firstStep)
            }
            guard isKnown, cursor.isValid else { return }
            abbreviations.append(
                Abbreviation(
                    code: code, tag: tag, hasChildren: hasChildren, hasCode: hasCode,
                    attributes: firstAttribute..<attributes.count, steps: firstStep..<steps.count))
        }

        /// Moves behind an abbreviation whose code has just been read.
        static func skip(_ cursor: inout SectionCursor) {
            cursor.skipLEB128()
            cursor.skip(1)
            while attribute(&cursor) != nil {}
        }

        private static func attribute(_ cursor: inout SectionCursor) -> AttributeSpecification? {
            let name = cursor.readULEB128()
            let form = Form(rawValue: UInt16(clamping: cursor.readULEB128()))
            let constant = form == .implicitConstant ? cursor.readSLEB128() : 0
            guard cursor.isValid, name != 0 || form.rawValue != 0 else { return nil }
            return AttributeSpecification(
                name: AttributeName(rawValue: UInt16(clamping: name)), form: form,
                constant: constant)
        }

        /// Adds the step over an attribute to those of its entry, or fails for an unknown form.
        private mutating func addStep(
            over attribute: AttributeSpecification, since first: Int
        ) -> Bool {
            guard let size = attribute.form.size(in: encoding) else { return false }
            switch size {
            case .fixed(let count)
            where attribute.name == .sibling && (1...8).contains(count)
                && attribute.form != .sectionReference:
                steps.append(SkipStep(kind: .sibling, count: count))
            case .fixed(let count):
                if steps.count > first, steps[steps.count - 1].kind == .fixed {
                    steps[steps.count - 1].count &+= count
                } else if count > 0 {
                    steps.append(SkipStep(kind: .fixed, count: count))
                }
            case .variable(let kind):
                steps.append(SkipStep(kind: kind))
            }
            return true
        }
    }
}
