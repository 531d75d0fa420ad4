internal import Bytes

/// From types to what is behind them.
extension BTF {
    /// More types in a row than any compiler makes; libbpf stops at 32 or never.
    private static let longestChain = 64

    /// The type behind typedefs, qualifiers and tags.
    ///
    /// - Throws: `BTFError` if a type is not there or stands for itself.
    package func resolve(_ id: BTFTypeID) throws(BTFError) -> BTFType {
        var type = try type(id)
        for _ in 0..<Self.longestChain {
            guard type.kind.isTransparent else { return type }
            type = try self.type(type.target)
        }
        throw error(.cycle(id))
    }

    /// How many bytes a value of a type has (`btf__resolve_size`); pointers have 8.
    ///
    /// - Throws: `BTFError` if it has no size, as a function, or one that does not fit 32 bits.
    package func size(of id: BTFTypeID) throws(BTFError) -> UInt32 {
        var elements: UInt32 = 1
        var type = try type(id)
        for _ in 0..<Self.longestChain {
            switch type.kind {
            case .integer, .structure, .union, .enumeration, .enumeration64, .float, .dataSection:
                return try product(elements, type.size, id)
            case .pointer:
                return try product(elements, 8, id)
            case .array:
                let array = array(type)
                elements = try product(elements, array.count, id)
                type = try self.type(array.element)
            case .alias, .volatile, .constant, .restrict, .typeTag, .variable:
                type = try self.type(type.target)
            default:
                throw error(.unexpectedKind(type.id, type.kind))
            }
        }
        throw error(.cycle(id))
    }

    private func product(
        _ left: UInt32, _ right: UInt32, _ id: BTFTypeID
    ) throws(BTFError) -> UInt32 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else { throw error(.tooLarge(id)) }
        return product
    }

    /// The text of a name; what is not UTF-8 becomes U+FFFD.
    ///
    /// - Throws: `BTFError` if the offset is past the strings.
    package func text(at offset: UInt32) throws(BTFError) -> String {
        try string(at: offset).text
    }

    /// The types of a name, in order; for tests and tools, as it looks at all.
    ///
    /// - Throws: `BTFError` if a name is not there.
    package func types(named name: String) throws(BTFError) -> [BTFType] {
        var found: [BTFType] = []
        for number in 1..<max(typeCount, 1) {
            let type = try type(BTFTypeID(UInt32(number)))
            if !type.isAnonymous, try text(at: type.nameOffset) == name { found.append(type) }
        }
        return found
    }

    /// Where a member is, in bytes, found by name in a structure found by name, its anonymous
    /// members included; nil if there is none.
    ///
    /// - Throws: `BTFError` if the type information is damaged.
    package func byteOffset(of member: String, in structure: String) throws(BTFError) -> UInt32? {
        for type in try types(named: structure) where type.kind.isComposite {
            if let bits = try bitOffset(of: member, in: type, depth: 0) { return bits / 8 }
        }
        return nil
    }

    private func bitOffset(
        of name: String, in type: BTFType, depth: Int
    ) throws(BTFError) -> UInt32? {
        guard type.kind.isComposite else { return nil }
        guard depth < Self.longestChain else { throw error(.cycle(type.id)) }
        for member in members(of: type) {
            if member.nameOffset == 0 {
                let inner = try resolve(member.type)
                if let bits = try bitOffset(of: name, in: inner, depth: depth + 1) {
                    return member.bitOffset &+ bits
                }
            } else if try text(at: member.nameOffset) == name {
                return member.bitOffset
            }
        }
        return nil
    }
}
