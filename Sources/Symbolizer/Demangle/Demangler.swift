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
        if name.hasPrefix("_ZN"), hasRustHash(name) { return .rust }
        if name.hasPrefix("_R") { return .rust }
        if name.hasPrefix("_Z") { return .cpp }
        if ["$s", "$S", "_$s", "_$S", "$e", "_$e", "_T0"].contains(where: name.hasPrefix) {
            return .swift
        }
        return nil
    }

    /// The name in the source, with the types of the parameters where the name has them, or nil
    /// if the name is not mangled.
    package static func demangle(_ name: String) -> String? {
        demangle(name, parameters: true)
    }

    /// The qualified name alone, as people write it in a pattern: `ns::Class::method` for C++,
    /// the path for Rust, `Module.Type.method` for Swift; nil if it is not mangled.
    package static func baseName(_ name: String) -> String? {
        switch language(of: name) {
        case .swift: demangle(name, parameters: true).map { SwiftName($0).bare }
        case .cpp, .rust: demangle(name, parameters: false)
        case nil: nil
        }
    }

    /// All ways to write a mangled name that a pattern may use, the shortest first: the base
    /// name, for Swift also with the labels (`Module.Type.method(label:)`), all of it without
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
        return [demangle(name, parameters: false), plain, full].compactMap { $0 }
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
            case .swift: uprof_demangle_swift(name, name.utf8.count)
            }
        guard let result else { return nil }
        defer { free(result) }
        let text = String(cString: result)
        return text == name || text.isEmpty ? nil : text
    }

    private static func suffixStart(in name: String) -> String.Index? {
        guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return nil }
        return dot
    }

    /// Whether the last part is the hash of Rust's first mangling: `17h` and 16 hexadecimal
    /// digits, by which it is told from C++, whose form it has.
    private static func hasRustHash(_ name: String) -> Bool {
        let end = name.utf8.firstIndex(of: UInt8(ascii: ".")) ?? name.utf8.endIndex
        let tail = name.utf8[..<end].suffix(20)
        guard tail.count == 20, tail.last == UInt8(ascii: "E") else { return false }
        let digits = tail.dropLast()
        return digits.starts(with: "17h".utf8)
            && digits.dropFirst(3).allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
