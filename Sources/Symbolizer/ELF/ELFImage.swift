package import Bytes
package import SystemPackage

/// A program or shared library: an ELF file and what its headers say.
///
/// An immutable value; copies share the one mapping of the file. Damage is tolerated where the
/// rest can be used: of what the loader ignores (sections, notes, symbols), what cannot be read
/// is missing, not an error.
package struct ELFImage: Sendable {
    /// The file, as messages name it.
    package let name: String
    /// The bytes of the file.
    package let file: MappedFile
    /// The order of the bytes of its integers.
    package let byteOrder: ByteOrder
    /// What it is for.
    package let kind: ELFKind
    /// Its instruction set.
    package let machine: ELFMachine
    /// Where it starts, 0 for most libraries.
    package let entry: Address
    /// The program headers.
    package let segments: [ELFSegment]
    /// The section headers, the first, unused one too; none if they are stripped or damaged.
    package let sections: [ELFSection]
    /// The path of the dynamic linker that loads it, of programs that have one.
    package let interpreter: String?
    /// Its identity, if the linker gave it one.
    package let buildID: BuildID?
    /// Whether the Go toolchain made it.
    package let isGo: Bool

    let dynamic: ELFDynamic?
    let madeSections = MadeSections()

    /// The libraries it needs, in order.
    package var neededLibraries: [String] { dynamic?.neededLibraries ?? [] }

    /// What programs linked against it call it (`DT_SONAME`).
    package var libraryName: String? { dynamic?.libraryName }

    /// Whether it is loaded without a dynamic linker and needs no libraries.
    package var isStatic: Bool { isProgram && interpreter == nil && neededLibraries.isEmpty }

    /// Whether it is a position-independent program.
    package var isPIE: Bool { kind == .dynamic && isProgram }

    /// Whether it is a program, rather than a library.
    ///
    /// The dynamic linker itself counts as a library; `libc.so.6` has an interpreter because it
    /// can be run to print its version, but also a library's name.
    package var isProgram: Bool {
        switch kind {
        case .executable: true
        case .dynamic:
            dynamic?.isProgram == true || (interpreter != nil && dynamic?.libraryName == nil)
        default: false
        }
    }

    /// Opens the file at a path.
    ///
    /// - Parameters:
    ///   - path: The path to open.
    ///   - name: What messages call the file, if not by the path: a file of another mount
    ///     namespace is opened through `/proc`, which means nothing to the user.
    /// - Throws: `ELFError` if it cannot be read or is not a 64-bit ELF file of a machine that
    ///   uprof supports.
    package init(path: FilePath, name: String? = nil) throws(ELFError) {
        let name = name ?? path.string
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw ELFError(file: name, reason: .unreadable(error))
        }
        try self.init(file: file, name: name)
    }

    /// Reads an image out of bytes that are in memory already.
    ///
    /// - Throws: `ELFError` if they are not a 64-bit ELF file of a machine that uprof supports.
    package init(bytes: [UInt8], name: String) throws(ELFError) {
        try self.init(file: MappedFile(contents: bytes), name: name)
    }

    /// Reads the headers of a mapped file.
    ///
    /// - Throws: `ELFError` if it is not a 64-bit ELF file of a machine that uprof supports.
    package init(file: MappedFile, name: String) throws(ELFError) {
        let headers: ELFHeaders
        do {
            headers = try ELFHeaders(parsing: file.bytes)
        } catch {
            throw ELFError(file: name, reason: error)
        }
        self.name = name
        self.file = file
        byteOrder = headers.header.byteOrder
        kind = headers.header.kind
        machine = headers.header.machine
        entry = Address(headers.header.entry)
        segments = headers.segments
        sections =
            headers.header.kind == .relocatable
            ? ObjectLayout.laidOut(headers.sections) : headers.sections
        interpreter = headers.interpreter(in: file.bytes)
        dynamic = headers.dynamic(in: file.bytes)
        let notes = headers.notes(in: file.bytes)
        buildID = notes.lazy.compactMap(\.buildID).first
        isGo =
            notes.contains { $0.owner == "Go" }
            || headers.sections.contains { ELFHeaders.goSections.contains($0.name) }
    }

    /// Whether the file at a path has a section of a name; only its headers are read.
    package static func hasSection(named name: String, at path: FilePath) -> Bool {
        guard let file = try? MappedFile(path: path),
            let headers = try? ELFHeaders(parsing: file.bytes)
        else { return false }
        return headers.sections.contains { $0.name == name }
    }

    /// Whether the file at a path is an ELF file for 32-bit processes.
    static func is32Bit(at path: FilePath) -> Bool {
        guard let file = try? MappedFile(path: path) else { return false }
        do throws(ELFError.Reason) {
            _ = try ELFHeader(parsing: file.bytes)
            return false
        } catch {
            return error == .is32Bit
        }
    }

    /// The first section of a name, if the image has it.
    package func section(named name: String) -> ELFSection? {
        sections.first { $0.name == name }
    }

    /// The section an address is in, if section headers are there to tell.
    package func section(containing address: Address) -> ELFSection? {
        sections.first { $0.contains(address.rawValue) && $0.kind != .null }
    }

    /// The bytes of a section as the file has them, or nil if it has none or they are cut off.
    @_lifetime(borrow self)
    package func contents(of section: ELFSection) -> RawSpan? {
        guard section.kind != .noBits, section.kind != .null else { return nil }
        return try? file.bytes.slice(at: section.offset, count: section.size)
    }
}
