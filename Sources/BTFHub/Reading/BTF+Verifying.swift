extension BTF {
    /// Looks at every type: each name and each type that one refers to must be there, and no type
    /// may be made of itself.
    ///
    /// - Throws: `BTFError` for the first that is wrong.
    package func verify() throws(BTFError) {
        for number in firstOwn..<max(typeCount, firstOwn) {
            let type = try type(BTFTypeID(UInt32(number)))
            _ = try string(at: type.nameOffset)
            if type.kind.hasTarget { try verify(type.target) }
            if type.kind.isTransparent { _ = try resolve(type.id) }
            try verifyDetails(of: type)
        }
    }

    private func verify(_ id: BTFTypeID) throws(BTFError) {
        guard Int(id.rawValue) < typeCount else { throw error(.noType(id)) }
    }

    private func verifyDetails(of type: BTFType) throws(BTFError) {
        switch type.kind {
        case .structure, .union:
            for index in 0..<type.count {
                let member = member(index, of: type)
                _ = try string(at: member.nameOffset)
                try verify(member.type)
            }
        case .enumeration, .enumeration64:
            for index in 0..<type.count {
                _ = try string(at: enumerator(index, of: type).nameOffset)
            }
        case .prototype:
            for index in 0..<type.count {
                let parameter = parameter(index, of: type)
                _ = try string(at: parameter.nameOffset)
                try verify(parameter.type)
            }
        case .dataSection:
            for index in 0..<type.count { try verify(variable(index, of: type).variable) }
        case .array:
            try verify(array(type).element)
            try verify(array(type).index)
            _ = try size(of: type.id)
        default:
            break
        }
    }
}
