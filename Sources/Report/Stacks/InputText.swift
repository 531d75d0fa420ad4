internal import SystemPackage

/// Small files, read as a whole.
package enum InputText {
    /// The text of a file; what is not UTF-8 becomes U+FFFD.
    ///
    /// - Throws: `InputError` if the file cannot be opened or read.
    package static func read(_ path: String) throws(InputError) -> String {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try descriptor.closeAfter {
                var bytes: [UInt8] = []
                var chunk = [UInt8](repeating: 0, count: 64 << 10)
                while true {
                    let count = try chunk.withUnsafeMutableBytes { try descriptor.read(into: $0) }
                    guard count > 0 else { break }
                    bytes += chunk[..<count]
                }
                return String(decoding: bytes, as: UTF8.self)
            }
        } catch {
            throw InputError(path: path, errno: error as? Errno ?? .ioError)
        }
    }
}
