package import Bytes
internal import Symbolizer
package import SystemPackage

/// A compiled BPF program, as far as its types go.
package struct ProgramObject: Sendable {
    /// The file, as messages name it.
    package let name: String
    /// The types of the program; nil if it was compiled without.
    package let types: BTF?
    /// The places that depend on the kernel's types.
    package let relocations: [Relocation]
    /// Where its functions start.
    let functions: [ProgramFunction]
    /// The SHA-256 of the file.
    package let hash: [UInt8]

    /// Opens the object file at a path.
    ///
    /// - Throws: `BTFError` if it cannot be read, is no ELF file, or is damaged.
    package init(path: FilePath) throws(BTFError) {
        do {
            try self.init(file: try MappedFile(path: path), name: path.string)
        } catch let error as Errno {
            throw BTFError(file: path.string, reason: .unreadable(error))
        } catch let error as BTFError {
            throw error
        } catch {
            throw BTFError(file: path.string, reason: .notBTF)
        }
    }

    /// Reads an object file that is in memory or mapped.
    ///
    /// - Throws: `BTFError` if it is no ELF file, or is damaged.
    package init(file: MappedFile, name: String) throws(BTFError) {
        self.name = name
        hash = SHA256.digest(of: file.bytes)
        let elf = try BTFError.wrapping(name) { () throws(ELFError) in
            try ELFSectionFile(file: file, name: name)
        }
        guard let section = elf.sectionBytes(named: BTF.sectionName) else {
            types = nil
            relocations = []
            functions = []
            return
        }
        let types = try BTF(section: section, name: name)
        self.types = types
        guard let section = elf.sectionBytes(named: BTFExtension.sectionName) else {
            relocations = []
            functions = []
            return
        }
        let notes = try BTFExtension(section: section, types: types)
        relocations = try notes.relocations()
        functions = try notes.functions()
    }
}
