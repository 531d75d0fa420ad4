internal import Bytes

extension FunctionCatalog {
    /// The functions that have a name in the source: `ns::Class::method`, with or without the
    /// parameters, and for Swift with or without the labels.
    ///
    /// Only names that can be it are demangled, which saves nearly all of the time.
    package func functions(sourceName name: String) -> [Function] {
        let word = SourceName.longestWord(of: name)
        return functions(
            isCandidate: { Self.canBeMangled($0, word: word) },
            isMatch: { Demangler.isSpelling(name, of: $0, word: word) })
    }

    /// The functions that have a name of which the predicate holds in any of its spellings: as
    /// the symbol table has it, and as ``Demangler/spellings(of:)`` lists them.
    ///
    /// Demangling takes some microseconds for each mangled name. A part of the name that all
    /// matches have (the `Cart::` of `*Cart::*`) saves most of them; it must not be one of the
    /// parameters or template arguments, which are mangled by type.
    package func functionsSpelled(
        containing part: String = "", where isMatch: (String) -> Bool
    ) -> [Function] {
        let word = SourceName.longestWord(of: part, isPartial: true)
        return functions(
            isCandidate: { word.isEmpty || Self.canBeSpelled($0, with: word) },
            isMatch: { isMatch($0) || Demangler.spellings(of: $0).contains(where: isMatch) })
    }

    private func functions(
        isCandidate: (RawSpan) -> Bool, isMatch: (String) -> Bool
    ) -> [Function] {
        var found: [Function] = []
        for index in indices {
            for entry in names(of: index) {
                guard let name = withName(entry, { isCandidate($0) ? $0.text : nil }),
                    isMatch(name)
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

    private static func canBeSpelled(_ raw: RawSpan, with word: [UInt8]) -> Bool {
        canBeMangled(raw, word: word) || raw.contains(word.span.bytes)
    }
}
