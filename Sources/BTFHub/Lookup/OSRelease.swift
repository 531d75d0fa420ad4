package import SystemPackage

/// What a system calls itself (os-release(5)).
package struct OSRelease: Hashable, Sendable {
    /// `ID`, such as `centos`; `linux` where there is none.
    package let id: String
    /// `VERSION_ID`, such as `7.9`; empty where there is none.
    package let version: String
    /// `ID_LIKE`, nearest relatives first.
    package let relatives: [String]

    /// Makes it of its parts.
    package init(id: String, version: String, relatives: [String] = []) {
        self.id = id
        self.version = version
        self.relatives = relatives
    }

    /// Decodes the text of the file.
    ///
    /// It is lines of `KEY=VALUE`, and comments after `#`. A value may be quoted as in a shell:
    /// by `'…'`, or by `"…"` with `\` before characters that would mean something. What is no such
    /// line is passed over.
    package init(parsing text: String) {
        var values: [Substring: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop(while: \.isWhitespace)
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            values[line[..<equals]] = Self.unquoted(line[line.index(after: equals)...])
        }
        id = values["ID"].flatMap { $0.isEmpty ? nil : $0.lowercased() } ?? "linux"
        version = values["VERSION_ID"] ?? ""
        relatives = (values["ID_LIKE"] ?? "").lowercased()
            .split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Reads the file at a path.
    ///
    /// - Throws: `HubError` if it cannot be read.
    package init(path: FilePath) throws(HubError) {
        guard let text = FileBytes.text(path) else {
            throw HubError(path.string, .system(.noSuchFileOrDirectory))
        }
        self.init(parsing: text)
    }

    /// The system this process is part of, or rather that of the kernel's first process, whose
    /// files a container may be allowed to see.
    package static func current() -> OSRelease? {
        let directories = ["/host", "/proc/1/root", ""]
        for directory in directories {
            for name in ["/etc/os-release", "/usr/lib/os-release"] {
                if let text = FileBytes.text(FilePath(directory + name)) {
                    return OSRelease(parsing: text)
                }
            }
        }
        return nil
    }

    private static func unquoted(_ value: Substring) -> String {
        var trimmed = value
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        guard let quote = trimmed.first, quote == "\"" || quote == "'" else {
            return String(trimmed)
        }
        var result = ""
        var isEscaped = false
        for character in trimmed.dropFirst() {
            if isEscaped {
                result.append(character)
                isEscaped = false
            } else if character == "\\", quote == "\"" {
                isEscaped = true
            } else if character == quote {
                break
            } else {
                result.append(character)
            }
        }
        return result
    }
}
