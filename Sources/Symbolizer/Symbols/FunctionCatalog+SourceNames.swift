internal import Bytes

extension FunctionCatalog {
    /// The functions that have a name in the source: `ns::Class::method`, with or without the
    /// parameters, and for Swift with or without the labels.
    ///
    /// Only names that can be it are demangled, which saves nearly all of the time.
    package func functions(sourceName name: String) -> [Function] {
        let word = Self.longestWord(of: name)
        guard !word.isEmpty else { return [] }
        var found: [Function] = []
        for index in indices {
            for entry in names(of: index) {
                let mangled = withName(entry) { raw in
                    Self.canBeMangled(raw, word: word) ? raw.text : nil
                }
                guard let mangled, Demangler.spellings(of: mangled).contains(name) else {
                    continue
                }
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

    private static func longestWord(of name: String) -> [UInt8] {
        name.utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                && !(0x30...0x39).contains(byte) && byte != UInt8(ascii: "_") && byte < 0x80
        }.max { $0.count < $1.count }.map(Array.init) ?? []
    }
}
