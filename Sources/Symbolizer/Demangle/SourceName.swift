/// A function's name as a user writes it.
enum SourceName {
    /// Words that mangled names have abbreviations for (Itanium C++ ABI, section 5.1), or that
    /// demanglers put in.
    private static let absent: Set<String> = [
        "std", "allocator", "basic_string", "string", "istream", "ostream", "iostream", "operator",
        "anonymous", "namespace", "closure", "lambda", "clone", "abi",
    ]

    /// The longest word of the name that its mangled form must have in it, as UTF-8: not one of
    /// the parameters or template arguments, which are mangled by type. Empty if there is none.
    ///
    /// Of a partial name the words may be parts of words: `oper` may be one of `operator`.
    static func longestWord(of name: String, isPartial: Bool = false) -> [UInt8] {
        var longest = Substring()
        var depth = 0
        var rest = name[...]
        while let character = rest.first {
            if rest.hasPrefix(anonymousNamespace) {
                rest = rest.dropFirst(anonymousNamespace.count)
                continue
            }
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !word.isEmpty {
                let isAbsent =
                    isPartial
                    ? absent.contains { $0.contains(word) } : absent.contains(String(word))
                let isPresent = depth == 0 && !isAbsent
                if isPresent, word.utf8.count > longest.utf8.count { longest = word }
                rest = rest[word.endIndex...]
                continue
            }
            if character == "(" { break }
            if character == "<" { depth += 1 }
            if character == ">" { depth -= 1 }
            rest.removeFirst()
        }
        return Array(longest.utf8)
    }

    private static let anonymousNamespace = "(anonymous namespace)"
}
