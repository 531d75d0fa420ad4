internal import Bytes
internal import CDemangle
internal import Glibc

/// Turns the names linkers see into those of the source: C++ (Itanium), Rust and Swift.
///
/// A suffix a compiler appended to make a variant of a function stays visible: `f.cold` is
/// `f() [.cold]`, as `c++filt` has it.
package enum Demangler {
    /// The languages that mangle.
    package enum Language: Hashable, Sendable {
        /// C++, by the Itanium ABI.
        case cpp
        /// Rust, both manglings.
        case rust
        /// Swift, since version 4.
        case swift
    }

    /// No name of a source needs as many; the time demanglers take is not linear in all cases.
    private static let longestName = 64 << 10

    /// The language a name seems to be mangled by.
    package static func language(of name: String) -> Language? {
        if rustHashEnd(in: name) != nil { return .rust }
        if name.hasPrefix("_R") { return .rust }
        if name.hasPrefix("_Z") { return .cpp }
        if ["$s", "$S", "_$s", "_$S", "$e", "_$e", "_T0"].contains(where: name.hasPrefix) {
            return .swift
        }
        return nil
    }

    /// The name in the source, with the types of the parameters where the name has them, or nil
    /// if the name is not mangled. A stub stays told apart from what it calls (`f(int)@plt`).
    package static func demangle(_ name: String) -> String? {
        apartFromStub(name) { demangle($0, parameters: true) }
    }

    /// The qualified name alone, as people write it in a pattern: `ns::Class::method` for C++,
    /// the path for Rust, `Module.Type.method` for Swift; nil if it is not mangled.
    package static func baseName(_ name: String) -> String? {
        apartFromStub(name) { name in
            switch language(of: name) {
            case .swift: demangle(name, parameters: true).map { SwiftName($0).bare }
            case .cpp, .rust: demangle(name, parameters: false)
            case nil: nil
            }
        }
    }

    /// Turns the name of a function; of a stub, that of the function it calls.
    private static func apartFromStub(
        _ name: String, _ turn: (String) -> String?
    ) -> String? {
        let suffix = LinkageTables.nameSuffix
        guard name.hasSuffix(suffix) else { return turn(name) }
        return turn(String(name.dropLast(suffix.count))).map { $0 + suffix }
    }

    /// All ways to write a mangled name that a pattern may use, the shortest first: the base
    /// name, for C++ also without the arguments of a template, for Swift also with the labels (`Module.Type.method(label:)`), all of it without
    /// the suffixes of variants, and all of it.
    ///
    /// The cold part of a function is only called by all of its name: it is not the function.
    package static func spellings(of name: String) -> [String] {
        guard let language = language(of: name), let full = demangle(name, parameters: true) else {
            return []
        }
        if name.contains(".cold") { return [full] }
        if language == .swift {
            let short = SwiftName(full)
            return [short.bare, short.labelled, full]
        }
        let plain = suffixStart(in: name).flatMap { demangle(String(name[..<$0])) }
        let base = demangle(name, parameters: false)
        return [base.flatMap(withoutTemplateArguments), base, plain, full].compactMap { $0 }
    }

    /// The name all instances of a C++ or Rust template share: `ns::twice` of `ns::twice<int>`;
    /// nil for what is no instance.
    private static func withoutTemplateArguments(_ name: String) -> String? {
        guard name.hasSuffix(">"), !name.contains("operator") else { return nil }
        var depth = 0
        for index in name.indices.reversed() {
            switch name[index] {
            case ">": depth += 1
            case "<": depth -= 1
            default: continue
            }
            if depth == 0 {
                let plain = name[..<index]
                return plain.isEmpty || plain.hasSuffix("::") ? nil : String(plain)
            }
        }
        return nil
    }

    /// Whether a mangled name can be written as `spelling`; `word` is one that is in it.
    ///
    /// Most names are ruled out before they are shortened, which takes as long as demangling.
    static func isSpelling(_ spelling: String, of name: String, word: [UInt8]) -> Bool {
        guard language(of: name) == .swift else { return spellings(of: name).contains(spelling) }
        guard let full = demangle(name, parameters: true) else { return false }
        guard full != spelling else { return true }
        let bytes = Array(full.utf8)
        guard bytes.span.bytes.contains(word.span.bytes) else { return false }
        return spellings(of: name).contains(spelling)
    }

    private static func demangle(_ name: String, parameters: Bool) -> String? {
        guard let language = language(of: name), name.utf8.count <= longestName else { return nil }
        if let plain = call(language, name, parameters: parameters) { return plain }
        // Each demangler knows some suffixes; those it does not know are taken off here.
        guard let dot = suffixStart(in: name) else { return nil }
        guard let plain = call(language, String(name[..<dot]), parameters: parameters) else {
            return nil
        }
        return parameters ? "\(plain) [\(name[dot...])]" : plain
    }

    private static func call(
        _ language: Language, _ name: String, parameters: Bool
    ) -> String? {
        let result =
            switch language {
            case .cpp: uprof_demangle_cpp(name, parameters)
            case .rust: uprof_demangle_rust(name)
            case .swift:
                SwiftMarkers.areSafe(in: name)
                    ? uprof_demangle_swift(name, name.utf8.count) : nil
            }
        guard let result else { return nil }
        defer { free(result) }
        let text = String(cString: result)
        return text == name || text.isEmpty ? nil : text
    }

    /// Where what a compiler appended begins. Rust's first mangling has dots in names too.
    private static func suffixStart(in name: String) -> String.Index? {
        let from = rustHashEnd(in: name) ?? name.startIndex
        guard let dot = name[from...].firstIndex(of: "."), dot != name.startIndex else {
            return nil
        }
        return dot
    }

    /// Where the hash ends that is the last part of Rust's first mangling: `17h`, 16 hexadecimal
    /// digits and an `E`, by which it is told from C++, whose form it has.
    private static func rustHashEnd(in name: String) -> String.Index? {
        guard name.hasPrefix("_ZN") else { return nil }
        let bytes = name.utf8
        let length = 20
        var start = bytes.startIndex
        while let end = bytes.index(start, offsetBy: length, limitedBy: bytes.endIndex) {
            let isLast = end == bytes.endIndex || bytes[end] == UInt8(ascii: ".")
            if isLast, isRustHash(bytes[start..<end]) { return end }
            start = bytes.index(after: start)
        }
        return nil
    }

    private static func isRustHash(_ part: Substring.UTF8View) -> Bool {
        part.starts(with: "17h".utf8) && part.last == UInt8(ascii: "E")
            && part.dropFirst(3).dropLast().allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
