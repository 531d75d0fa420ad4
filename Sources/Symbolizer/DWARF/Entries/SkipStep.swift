/// One step over a part of a debugging entry that nobody asked for.
///
/// Attributes of fixed size next to each other are one step, so most entries take one or two.
struct SkipStep: Sendable {
    /// What is stepped over.
    enum Kind: UInt8, Sendable {
        /// `count` bytes.
        case fixed
        /// An integer of variable length.
        case integer
        /// A string with its zero byte.
        case string
        /// A block after its length of 1 byte.
        case block1
        /// A block after its length of 2 bytes.
        case block2
        /// A block after its length of 4 bytes.
        case block4
        /// A block after its length, an integer of variable length.
        case block
        /// A form, and a value of that form.
        case indirect
        /// The distance of the next sibling from the unit, in `count` bytes.
        case sibling
    }

    /// What is stepped over.
    let kind: Kind
    /// How many bytes, where the kind says so.
    var count: UInt32 = 0
}

extension SectionCursor {
    /// Moves behind an entry whose code has just been read.
    ///
    /// - Returns: The distance of its next sibling from the start of the unit, 0 if not told.
    @inline(__always)
    mutating func skip(_ steps: borrowing Span<SkipStep>, encoding: UnitEncoding) -> UInt64 {
        var sibling: UInt64 = 0
        for index in steps.indices {
            let step = steps[index]
            switch step.kind {
            case .fixed: skip(UInt64(step.count))
            case .sibling: sibling = readUnsigned(size: UInt8(truncatingIfNeeded: step.count))
            default: skip(step.kind, encoding: encoding)
            }
        }
        return sibling
    }

    /// Moves behind a value of variable size.
    mutating func skip(_ kind: SkipStep.Kind, encoding: UnitEncoding) {
        switch kind {
        case .integer: skipLEB128()
        case .string: skipCString()
        case .block1: skip(UInt64(readUInt8()))
        case .block2: skip(UInt64(readUInt16()))
        case .block4: skip(UInt64(readUInt32()))
        case .block: skip(readULEB128())
        case .indirect: skip(Form(rawValue: UInt16(clamping: readULEB128())), encoding)
        case .fixed, .sibling: break
        }
    }

    /// Moves behind a value; one of an unknown form makes the cursor invalid.
    mutating func skip(_ form: Form, _ encoding: UnitEncoding) {
        var form = form
        // An indirect form may name another one; each takes a byte, so this ends.
        while form == .indirect, !isAtEnd { form = Form(rawValue: UInt16(clamping: readULEB128())) }
        switch form.size(in: encoding) {
        case .fixed(let count): skip(UInt64(count))
        case .variable(.indirect), nil: invalidate()
        case .variable(let kind): skip(kind, encoding: encoding)
        }
    }
}
