/// A tar archive of files, in the POSIX `ustar` form (IEEE Std 1003.1, pax, "ustar Interchange
/// Format"), with nothing in it that depends on when or where it was made.
struct TarArchive {
    private static let blockSize = 512

    private(set) var bytes: [UInt8] = []
    private let date: UInt64

    /// The archive of some files.
    ///
    /// - Throws: `ExportError.badName` for a path of more than 100 bytes.
    init(_ files: [PackageFile], date: UInt64) throws(ExportError) {
        self.date = date
        for file in files { try append(file) }
        bytes += [UInt8](repeating: 0, count: 2 * Self.blockSize)
    }

    private mutating func append(_ file: PackageFile) throws(ExportError) {
        let path = file.contents == nil ? file.path + "/" : file.path
        guard path.utf8.count <= 100 else { throw .badName(path, "at most 100 bytes") }
        bytes += header(path: path, file)
        bytes += file.contents ?? []
        let excess = bytes.count % Self.blockSize
        if excess > 0 { bytes += [UInt8](repeating: 0, count: Self.blockSize - excess) }
    }

    private func header(path: String, _ file: PackageFile) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { header[offset + index] = byte }
        }
        put(path.utf8, at: 0)
        put(octal(UInt64(file.mode), digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)  // uid
        put(octal(0, digits: 7), at: 116)  // gid
        put(octal(UInt64(file.contents?.count ?? 0), digits: 11), at: 124)
        put(octal(date, digits: 11), at: 136)
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
        header[156] = UInt8(ascii: file.contents == nil ? "5" : "0")
        put("ustar\u{0}00".utf8, at: 257)
        put("root".utf8, at: 265)
        put("root".utf8, at: 297)
        let sum = header.reduce(0) { $0 + UInt64($1) }
        put(octal(sum, digits: 6) + [0], at: 148)
        return header
    }

    private func octal(_ number: UInt64, digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(digits - text.count, 0)) + text).utf8)
    }
}
