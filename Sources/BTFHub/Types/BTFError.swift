package import Bytes
package import Symbolizer
package import SystemPackage

/// Type information that cannot be used, and why.
package struct BTFError: Error, Equatable, CustomStringConvertible {
    /// Why it cannot be used.
    package enum Reason: Error, Equatable, Sendable {
        /// The system did not let us read the file.
        case unreadable(Errno)
        /// It is neither type information nor an ELF file.
        case notBTF
        /// It is an ELF file that cannot be read.
        case elf(ELFError)
        /// It is an ELF file without such a section.
        case noSection(String)
        /// A field of the header has a value that cannot be.
        case invalidHeader(field: String, value: UInt64)
        /// Its bytes end too early.
        case malformed(ByteError)
        /// A type is of a kind nobody knows.
        case unknownKind(UInt8, offset: UInt64)
        /// A relocation asks what nobody knows.
        case unknownRelocation(UInt32, offset: UInt64)
        /// A type refers to one that is not there.
        case noType(BTFTypeID)
        /// A name is not among the strings.
        case noString(offset: UInt32)
        /// A type contains or stands for itself.
        case cycle(BTFTypeID)
        /// A type has another kind than what refers to it needs.
        case unexpectedKind(BTFTypeID, BTFKind)
        /// A type is larger than can be counted.
        case tooLarge(BTFTypeID)
    }

    /// The file, as the user knows it.
    package let file: String
    /// Why it cannot be used.
    package let reason: Reason

    /// Makes the error for a file and a reason.
    package init(file: String, reason: Reason) {
        self.file = file
        self.reason = reason
    }

    package var description: String {
        switch reason {
        case .unreadable(.noSuchFileOrDirectory): "\(file): no such file"
        case .unreadable(let errno): "cannot read \(file): \(errno)"
        case .notBTF:
            "\(file) is no type information; name a BTF file or an ELF file with a .BTF section"
        case .elf(let error): error.description
        case .noSection(let section): "\(file) has no \(section) section"
        default: "\(file) is damaged: \(reason.damage)"
        }
    }
}

extension BTFError.Reason {
    /// What is wrong with the bytes, as the end of a sentence.
    var damage: String {
        switch self {
        case .invalidHeader(let field, let value): "the header's \(field) is \(value)"
        case .malformed(let error): "\(error)"
        case .unknownKind(let kind, let offset):
            "unknown kind of type \(kind) at offset 0x\(String(offset, radix: 16))"
        case .unknownRelocation(let kind, let offset):
            "unknown kind of relocation \(kind) at offset 0x\(String(offset, radix: 16))"
        case .noType(let id): "there is no type \(id)"
        case .noString(let offset): "there is no string at \(offset)"
        case .cycle(let id): "type \(id) is made of itself"
        case .unexpectedKind(let id, let kind): "type \(id) is a \(kind.name) where that cannot be"
        case .tooLarge(let id): "type \(id) is larger than can be counted"
        default: "unusable"
        }
    }
}
