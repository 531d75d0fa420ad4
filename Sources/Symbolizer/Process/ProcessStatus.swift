/// `/proc/PID/status`, the lines of it that matter here (proc(5)).
///
///     status = (key ":" "\t" value "\n")…
struct ProcessStatus {
    /// The process the ID belongs to, itself unless it is a thread's (`Tgid`).
    var threadGroup: ProcessID?
    /// Its IDs, from this process' namespace to its own (`NSpid`).
    var namespaceIDs: [ProcessID] = []
    /// The user whose rights it has (the second number of `Uid`).
    var user: UInt32?

    /// Reads the text of the file; lines it does not know are skipped.
    init(parsing text: String) {
        for line in text.split(separator: "\n") {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[colon...].dropFirst()
            switch line[..<colon] {
            case "Tgid": threadGroup = Self.numbers(in: value).first.map { ProcessID($0) }
            case "Uid":
                let users = value.split(whereSeparator: \.isWhitespace)
                user = users.count > 1 ? UInt32(users[1]) : nil
            case "NSpid": namespaceIDs = Self.numbers(in: value).map { ProcessID($0) }
            default: break
            }
        }
    }

    private static func numbers(in text: Substring) -> [Int32] {
        text.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    }
}
