package import Symbolizer

extension FunctionPattern {
    /// The functions of an image that are meant, in the order of their addresses.
    ///
    /// Names are compared as linkers see them, and as they are in the source, with and without
    /// parameters.
    package func functions(in catalog: FunctionCatalog) -> [Function] {
        switch matcher {
        case .exact(let name):
            let linked = catalog.functions(named: name)
            guard linked.isEmpty else { return linked }
            // Operators have no word of their own in a mangled name to look for.
            return name.contains("operator")
                ? catalog.functionsSpelled { $0 == name } : catalog.functions(sourceName: name)
        case .glob(let glob):
            return catalog.functionsSpelled(
                containing: Self.literalPart(of: glob), where: matches(_:))
        case .regex:
            return catalog.functionsSpelled(where: matches(_:))
        }
    }

    /// The longest part of a shell pattern that every match has as it is.
    ///
    /// What follows a parenthesis or `<` is mangled by type and not there in a mangled name.
    private static func literalPart(of glob: String) -> String {
        let special: Set<Character> = ["*", "?", "[", "]", "\\", "(", "<"]
        guard !glob.contains("["), !glob.contains("operator") else { return "" }
        let name = glob.prefix { $0 != "(" && $0 != "<" }
        let parts: [Substring] = name.split { special.contains($0) }
        return parts.max { $0.count < $1.count }.map(String.init) ?? ""
    }
}
