/// Finding what a program calls by a name.
extension BTF {
    /// A global variable.
    package struct Variable: Equatable, Sendable {
        /// The section it is in: `.rodata`, `.data`, `.bss`.
        package let section: String
        /// Its type.
        package let type: BTFTypeID
    }

    /// The global variable of a name; nil if there is none.
    ///
    /// - Throws: `BTFError` if the type information is damaged.
    package func variable(named name: String) throws(BTFError) -> Variable? {
        for number in firstOwn..<max(typeCount, firstOwn) {
            let section = try type(BTFTypeID(UInt32(number)))
            guard section.kind == .dataSection else { continue }
            for index in 0..<section.count {
                let variable = try type(self.variable(index, of: section).variable)
                guard variable.kind == .variable, try text(at: variable.nameOffset) == name else {
                    continue
                }
                return Variable(
                    section: try text(at: section.nameOffset), type: variable.target)
            }
        }
        return nil
    }

    /// The structure, union or other type with a size of a name, as C says it (`struct event`) or
    /// alone; nil if there is none.
    ///
    /// - Throws: `BTFError` if the type information is damaged.
    package func type(namedInC name: String) throws(BTFError) -> BTFType? {
        let words = name.split(separator: " ")
        let kinds: [Substring: BTFKind] = ["struct": .structure, "union": .union]
        let demanded = words.count == 2 ? kinds[words[0]] : nil
        guard let last = words.last, words.count == 1 || demanded != nil else { return nil }
        return try types(named: String(last)).first { type in
            if let demanded { return type.kind == demanded }
            return type.kind.isComposite || type.kind == .alias || type.kind == .integer
        }
    }
}
