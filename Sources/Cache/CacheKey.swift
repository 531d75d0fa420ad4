package import Bytes

/// What a file of the cache was made of: the name it has there.
package struct CacheKey: Hashable, Sendable {
    /// The name of its file.
    let name: String

    /// What was made of a file.
    ///
    /// A build ID is what a file claims, which nobody checks: whoever may run a program could pass
    /// other tables off as those of the C library. So a key is also the very file, by the times that
    /// only the kernel sets.
    ///
    /// - Parameters:
    ///   - kind: What was made; letters.
    ///   - version: The file.
    ///   - buildID: The build ID it claims, in hexadecimal digits.
    ///   - part: Which part of it, where there are several.
    package init(_ kind: String, of version: FileVersion, buildID: String?, part: Int = 0) {
        let numbers = version.numbers + [UInt64(part)]
        name =
            ([kind, buildID.map { String($0.prefix(64)) } ?? "none"]
            + numbers.map { String($0, radix: 36) }).joined(separator: "-")
    }

    /// What was made of something with a name of its own.
    ///
    /// - Parameters:
    ///   - kind: What was made; letters.
    ///   - source: What of: letters, digits and dots; other characters become `_`.
    package init(_ kind: String, of source: String) {
        let characters = source.unicodeScalars.map { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar == "." || "0"..."9" ~= scalar)
                ? Character(scalar) : "_"
        }
        name = "\(kind)-\(String(characters.prefix(160)))"
    }
}
