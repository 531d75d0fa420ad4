package import Bytes
internal import Glibc
internal import Symbolizer
package import SystemPackage

extension BTF {
    /// The section of ELF files that holds type information.
    package static let sectionName = ".BTF"

    /// Opens the file at a path: type information alone, or an ELF file with a section of it.
    ///
    /// - Throws: `BTFError` if it cannot be read or is damaged.
    package convenience init(path: FilePath, base: BTF? = nil) throws(BTFError) {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            // Files of sysfs before Linux 6.16 cannot be mapped, but read.
            guard error == Errno(rawValue: ENODEV) || error == .invalidArgument,
                let bytes = FileBytes.read(path)
            else { throw BTFError(file: path.string, reason: .unreadable(error)) }
            file = MappedFile(contents: bytes)
        }
        try self.init(file: file, name: path.string, base: base)
    }

    /// Reads a mapped file: type information alone, or an ELF file with a section of it.
    ///
    /// - Throws: `BTFError` if it is neither or damaged.
    package convenience init(file: MappedFile, name: String, base: BTF? = nil) throws(BTFError) {
        if file.bytes.hasBytes([0x7f, 0x45, 0x4c, 0x46].span.bytes, at: 0) {
            let elf = try BTFError.wrapping(name) { () throws(ELFError) in
                try ELFSectionFile(file: file, name: name)
            }
            guard let section = elf.sectionBytes(named: Self.sectionName) else {
                throw BTFError(file: name, reason: .noSection(Self.sectionName))
            }
            try self.init(section: section, name: name, base: base)
        } else {
            let section = SectionBytes(file, range: 0..<file.bytes.byteCount)
            try self.init(section: section, name: name, base: base)
        }
    }

    /// Reads type information in memory.
    ///
    /// - Throws: `BTFError` if it is damaged.
    package convenience init(bytes: [UInt8], name: String, base: BTF? = nil) throws(BTFError) {
        try self.init(file: MappedFile(contents: bytes), name: name, base: base)
    }
}

extension BTFError {
    /// Runs what fails with an error of ELF files.
    static func wrapping<Result>(
        _ name: String, _ body: () throws(ELFError) -> Result
    ) throws(BTFError) -> Result {
        do {
            return try body()
        } catch {
            throw BTFError(file: name, reason: .elf(error))
        }
    }
}
