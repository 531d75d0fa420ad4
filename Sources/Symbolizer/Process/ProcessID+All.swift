internal import Glibc

extension ProcessID {
    /// The processes there are at this moment, as far as `/proc` shows them.
    package static func all() -> [ProcessID] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var processes: [ProcessID] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = Int32(name) { processes.append(ProcessID(number)) }
        }
        return processes
    }
}
