internal import SystemPackage

/// A line of a hub's index: what is known of a file.
///
/// A file with type information has a line for each; its fields, separated by tabs, are those of
/// `fields`. A file that cannot be used has one that begins with `!`, and the reason.
struct HubIndexLine: Hashable {
    /// What is known of it.
    enum Content: Hashable {
        case record(HubRecord)
        case failure(reason: String)
    }

    /// The file, relative to the hub.
    let path: String
    /// The name within the archive, or empty.
    let member: String
    /// Size and time of change of the file when it was looked at.
    let fingerprint: String
    let content: Content

    /// The text, without the end of the line.
    var text: String {
        switch content {
        case .record(let record):
            let fields = [
                record.release, record.distribution, record.version,
                record.architecture?.name ?? "", record.hash, "\(record.size)", "\(record.date)",
                record.origin, fingerprint, path, member,
            ]
            return fields.map(Self.escaped).joined(separator: "\t")
        case .failure(let reason):
            return "!" + [path, fingerprint, reason].map(Self.escaped).joined(separator: "\t")
        }
    }

    init(path: String, member: String, fingerprint: String, content: Content) {
        self.path = path
        self.member = member
        self.fingerprint = fingerprint
        self.content = content
    }

    /// Decodes a line, or returns nil if it is none.
    init?(parsing line: some StringProtocol) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            .map { Self.unescaped(String($0)) }
        if let first = fields.first, first.hasPrefix("!"), fields.count == 3 {
            path = String(first.dropFirst())
            member = ""
            fingerprint = fields[1]
            content = .failure(reason: fields[2])
            return
        }
        guard fields.count == 11, let size = Int(fields[5]), let date = Int(fields[6]) else {
            return nil
        }
        path = fields[9]
        member = fields[10]
        fingerprint = fields[8]
        content = .record(
            HubRecord(
                release: fields[0], distribution: fields[1], version: fields[2],
                architecture: fields[3].isEmpty ? nil : Architecture(fields[3]), hash: fields[4],
                size: size, date: date, origin: fields[7], path: FilePath(fields[9]),
                member: fields[10]))
    }

    /// Tabs and ends of lines have a meaning of their own here.
    private static func escaped(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "%") }) else {
            return field
        }
        return field.unicodeScalars.map { scalar in
            guard scalar.value < 0x20 || scalar == "%" else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    private static func unescaped(_ field: String) -> String {
        guard field.contains("%") else { return field }
        var result = ""
        var rest = field[...]
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            let digits = rest[percent...].dropFirst().prefix(2)
            if let code = UInt8(digits, radix: 16) {
                result.unicodeScalars.append(Unicode.Scalar(code))
            }
            rest = rest[digits.endIndex...]
        }
        return result + rest
    }
}
