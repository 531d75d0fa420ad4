package import Symbolizer

extension FunctionPattern {
    /// The functions of an image that are meant, in the order of their addresses.
    ///
    /// Names are compared as linkers see them, and as they are in the source, with and without
    /// parameters.
    package func functions(in catalog: FunctionCatalog) -> [Function] {
        guard case .exact(let wanted) = matcher else {
            return catalog.functions { name in
                let name = name.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
                return matches(name) || matchesDemangled(name)
            }
        }
        let linked = catalog.functions(named: wanted)
        return linked.isEmpty ? catalog.functions(sourceName: wanted) : linked
    }

    private func matchesDemangled(_ name: String) -> Bool {
        guard let base = Demangler.baseName(name) else { return false }
        return matches(base) || Demangler.demangle(name).map(matches) == true
    }
}
