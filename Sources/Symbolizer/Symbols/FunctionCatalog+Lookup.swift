internal import Bytes

extension FunctionCatalog {
    /// The functions that have a name, mangled as the symbol table has it.
    ///
    /// Compares bytes in place; several are possible, as the local functions of different files
    /// may share a name.
    package func functions(named name: String) -> [Function] {
        let wanted = Array(name.utf8)
        let bytes = wanted.span.bytes
        guard !wanted.isEmpty else { return [] }
        var found: [Function] = []
        for index in indices {
            for entry in names(of: index) {
                let candidate = self.entry(entry)
                guard tables.all[Int(candidate.table)].hasName(bytes, at: candidate.nameOffset)
                else { continue }
                found.append(function(at: index, named: entry))
                break
            }
        }
        return found
    }

    /// The functions that have a name of which the predicate holds, each under the most
    /// preferred of these names. The predicate takes names as the symbol table has them.
    package func functions(where isMatch: (Span<UInt8>) -> Bool) -> [Function] {
        var found: [Function] = []
        for index in indices {
            for entry in names(of: index) where withName(entry, { isMatch($0.elements) }) {
                found.append(function(at: index, named: entry))
                break
            }
        }
        return found
    }

    /// Calls `body` with the bytes of each name, aliases too.
    package func forEachName(_ body: (Span<UInt8>) -> Void) {
        for index in indices {
            for entry in names(of: index) { withName(entry) { body($0.elements) } }
        }
    }

    /// What a name that is no function's is the name of, if the image has it at all.
    package func finding(forName name: String) -> NameFinding? {
        let wanted = Array(name.utf8)
        guard !wanted.isEmpty else { return nil }
        var finding: NameFinding?
        for table in tables.all {
            table.forEach { symbol in
                guard finding == nil, table.hasName(wanted.span.bytes, at: symbol.nameOffset)
                else { return }
                finding = self.finding(for: symbol)
            }
        }
        return finding
    }

    private func finding(for symbol: Symbol) -> NameFinding? {
        let address = Address(image.address(of: symbol))
        switch (symbol.section, symbol.kind) {
        case (_, Symbol.Kind.threadLocal): return .threadLocalVariable
        case (Symbol.Section.undefined, _): return .imported(libraries: image.neededLibraries)
        case (Symbol.Section.absolute, _): return .constant(symbol.value)
        case (_, Symbol.Kind.object), (_, Symbol.Kind.common):
            return .variable(address, size: symbol.size)
        case (_, Symbol.Kind.none):
            if case .function(let function, let offset) = index.lookup(address),
                offset > 0
            {
                return .label(function: function, offset: offset)
            }
            return .variable(address, size: symbol.size)
        default: return nil
        }
    }
}
