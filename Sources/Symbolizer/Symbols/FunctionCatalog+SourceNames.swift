internal import Bytes

extension FunctionCatalog {
    /// The functions that have a name in the source: `ns::Class::method`, with or without the
    /// parameters, and for Swift with or without the labels.
    ///
    /// Only names that can be it are demangled, which saves nearly all of the time.
    package func functions(sourceName name: String) -> [Function] {
        let word = SourceName.longestWord(of: name)
        return functions(spelling: { $0 == name }) { Self.canBeMangled($0, word: word) }
    }

    /// The functions that have a name of which the predicate holds in any of its spellings: as
    /// the symbol table has it, and as ``Demangler/spellings(of:)`` lists them.
    ///
    /// Demangles everything: some microseconds for each mangled name.
    package func functionsSpelled(where isMatch: (String) -> Bool) -> [Function] {
        functions(spelling: isMatch) { _ in true }
    }

    private func functions(
        spelling isMatch: (String) -> Bool, isCandidate: (RawSpan) -> Bool
    ) -> [Function] {
        var found: [Function] = []
        for index in indices {
            for entry in names(of: index) {
                guard let name = withName(entry, { isCandidate($0) ? $0.text : nil }) else {
                    continue
                }
                guard isMatch(name) || Demangler.spellings(of: name).contains(where: isMatch)
                else { continue }
                found.append(function(at: index, named: entry))
                break
            }
        }
        return found
    }

    /// C++ and Rust mangle identifiers as they are; Swift abbreviates words it had before.
    private static func canBeMangled(_ raw: RawSpan, word: [UInt8]) -> Bool {
        switch (raw.byte(at: 0), raw.byte(at: 1)) {
        case (UInt8(ascii: "$"), _), (UInt8(ascii: "_"), UInt8(ascii: "$")): true
        case (UInt8(ascii: "_"), _): raw.contains(word.span.bytes)
        default: false
        }
    }
}
