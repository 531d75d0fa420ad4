extension KeptTypes {
    /// Type information of what is kept alone, in the same byte order, of the same sizes and
    /// offsets. Names of members, enumerators and types are kept, those of parameters are not.
    ///
    /// - Throws: `BTFError` if types are damaged.
    func bytes() throws(BTFError) -> [UInt8] {
        var writer = BTFWriter(byteOrder: types.byteOrder)
        // Void has no place among the types.
        let kept = parts.keys.filter { $0 != .void }.sorted()
        var numbers: [BTFTypeID: UInt32] = [.void: 0]
        for (index, id) in kept.enumerated() { numbers[id] = UInt32(index + 1) }
        for id in kept {
            try write(try types.type(id), parts[id] ?? Parts(), numbers, to: &writer)
        }
        return writer.bytes()
    }

    /// The new number of a type, looking through those that merely stand for it; void where it is
    /// not kept.
    private func number(
        _ id: BTFTypeID, _ numbers: [BTFTypeID: UInt32]
    ) throws(BTFError) -> UInt32 {
        numbers[try types.resolve(id).id] ?? 0
    }

    private func write(
        _ type: BTFType, _ parts: Parts, _ numbers: [BTFTypeID: UInt32],
        to writer: inout BTFWriter
    ) throws(BTFError) {
        let name = try types.text(at: type.nameOffset)
        switch type.kind {
        case .structure, .union:
            try writeComposite(type, parts.members.sorted(), numbers, to: &writer)
        case .enumeration, .enumeration64:
            try writeEnumeration(type, parts.enumerators.sorted(), to: &writer)
        case .integer:
            writer.append(.integer, name: name, sizeOrTarget: type.size)
            writer.append([types.integer(type).encoding])
        case .array:
            writer.append(.array, name: "", sizeOrTarget: 0)
            let array = types.array(type)
            writer.append([try number(array.element, numbers), 0, array.count])
        case .prototype:
            writer.append(
                .prototype, name: "", count: type.count,
                sizeOrTarget: try number(type.target, numbers))
            for index in 0..<type.count {
                let parameter = types.parameter(index, of: type)
                writer.append([0, try number(parameter.type, numbers)])
            }
        default:
            let target = parts.isFollowed ? try number(type.target, numbers) : 0
            writer.append(
                type.kind, name: name, flag: type.flag,
                sizeOrTarget: type.kind.hasTarget ? target : type.size)
        }
    }

    private func writeComposite(
        _ type: BTFType, _ indexes: [Int], _ numbers: [BTFTypeID: UInt32],
        to writer: inout BTFWriter
    ) throws(BTFError) {
        let members = indexes.map { types.member($0, of: type) }
        let hasBitFields = members.contains { $0.bitFieldSize > 0 }
        writer.append(
            type.kind, name: try types.text(at: type.nameOffset), count: members.count,
            flag: hasBitFields, sizeOrTarget: type.size)
        for member in members {
            let position =
                hasBitFields ? member.bitFieldSize << 24 | member.bitOffset : member.bitOffset
            let name = writer.offset(of: try types.text(at: member.nameOffset))
            writer.append([name, try number(member.type, numbers), position])
        }
    }

    private func writeEnumeration(
        _ type: BTFType, _ indexes: [Int], to writer: inout BTFWriter
    ) throws(BTFError) {
        writer.append(
            type.kind, name: try types.text(at: type.nameOffset), count: indexes.count,
            flag: type.flag, sizeOrTarget: type.size)
        for index in indexes {
            let enumerator = types.enumerator(index, of: type)
            let name = writer.offset(of: try types.text(at: enumerator.nameOffset))
            let low = UInt32(truncatingIfNeeded: enumerator.value)
            let high = UInt32(truncatingIfNeeded: enumerator.value >> 32)
            writer.append(type.kind == .enumeration64 ? [name, low, high] : [name, low])
        }
    }
}
