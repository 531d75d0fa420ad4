internal import Glibc

/// Which functions a user means: `name`, `glob*` or `/regex/`, each optionally behind `library:`.
///
/// ```
/// pattern = [ library ":" ] ( name | glob | "/" regex "/" )
/// library = base name ("libc" and "c" mean libc.so.6 too), glob of one, or a path with a "/"
/// ```
/// A `::` separates C++ and Rust names and is no library prefix.
package struct FunctionPattern: CustomStringConvertible {
    /// As the user wrote it.
    package let text: String
    /// The library the functions are in, or nil for any module.
    package let library: String?
    /// How names are compared.
    package let matcher: Matcher

    /// How a name is compared with a pattern.
    package enum Matcher {
        /// The name itself.
        case exact(String)
        /// A shell pattern over the whole name.
        case glob(String)
        /// A regular expression found anywhere in the name.
        case regex(Regex<AnyRegexOutput>)
    }

    /// Reads a pattern.
    ///
    /// - Throws: `FunctionPatternError` for an empty name, an invalid regular expression, and for
    ///   forms that uprof does not know yet.
    package init(_ text: String) throws(FunctionPatternError) {
        let (library, name) = Self.split(text)
        guard !name.isEmpty, library?.isEmpty != true else {
            throw .empty(text)
        }
        if library == "usdt" || text.hasPrefix("usdt:") {
            throw .unsupported(text, "USDT probes")
        }
        if library != nil, name.allSatisfy(\.isNumber) {
            throw .unsupported(text, "source lines")
        }
        if let plus = name.lastIndex(of: "+"), name[plus...].dropFirst().hasPrefix("0x") {
            throw .unsupported(text, "offsets inside functions")
        }
        self.text = text
        self.library = library.map(String.init)
        matcher = try Self.matcher(for: name, of: text)
    }

    package var description: String { text }

    /// Whether the pattern can only name one function.
    package var isExact: Bool {
        if case .exact = matcher { true } else { false }
    }

    /// Whether functions of a module are meant.
    ///
    /// - Parameter path: The module's path as the process sees it.
    /// - Returns: True if the pattern names no library, or one that this is.
    package func includes(modulePath path: String) -> Bool {
        guard let library else { return true }
        if library.contains("/") { return Self.globMatches(library, path) }
        let base = path.split(separator: "/").last.map(String.init) ?? path
        return Self.globMatches(library, base)
            || [library, "lib" + library].contains { Self.isName($0, ofLibrary: base) }
    }

    /// Whether a file is a version of a library: `libc` is `libc.so.6`, and `libc-2.31.so` in old
    /// distributions.
    private static func isName(_ name: String, ofLibrary file: String) -> Bool {
        guard file.hasPrefix(name) else { return false }
        let rest = file.dropFirst(name.count)
        return rest.hasPrefix(".so")
            || (rest.first == "-" && rest.dropFirst().first?.isNumber == true)
    }

    /// Whether a function goes by a name that is meant.
    package func matches(_ name: String) -> Bool {
        switch matcher {
        case .exact(let wanted): name == wanted
        case .glob(let glob): Self.globMatches(glob, name)
        case .regex(let regex): (try? regex.firstMatch(in: name)) != nil
        }
    }

    private static func globMatches(_ glob: String, _ name: String) -> Bool {
        fnmatch(glob, name, 0) == 0
    }

    private static func matcher(
        for name: Substring, of text: String
    ) throws(FunctionPatternError) -> Matcher {
        if isRegex(name) {
            do {
                return .regex(try Regex(String(name.dropFirst().dropLast())))
            } catch {
                throw .invalidRegex(text, "\(error)")
            }
        }
        return name.contains(where: { "*?[".contains($0) })
            ? .glob(String(name)) : .exact(String(name))
    }

    private static func isRegex(_ name: Substring) -> Bool {
        name.count > 2 && name.first == "/" && name.last == "/"
    }

    /// Cuts at the first colon that is not part of a `::` nor of Swift's argument labels (`f(_:)`),
    /// unless the whole is a regular expression.
    private static func split(_ text: String) -> (library: Substring?, name: Substring) {
        let characters = text[...]
        var index = text.startIndex
        while let colon = text[index...].firstIndex(of: ":") {
            let after = text.index(after: colon)
            if after < text.endIndex, text[after] == ":" {
                index = text.index(after: after)
                continue
            }
            let library = text[..<colon]
            guard !library.contains("(") || isRegex(characters) else { return (nil, characters) }
            let name = text[after...]
            // "/a:b/" is a regular expression; "/usr/lib/x.so:/^b/" has a library before one.
            let isWholeRegex =
                isRegex(characters)
                && (!isRegex(name) || library.contains(where: { "^$*+?()[]{}|\\".contains($0) }))
            return isWholeRegex ? (nil, characters) : (library, name)
        }
        return (nil, characters)
    }
}
