internal import Bytes

/// The name of the separate debug file of an image, which `objcopy --add-gnu-debuglink` wrote.
struct DebugLink: Hashable {
    /// The file name, without a directory.
    let name: String
    /// The CRC-32 of all bytes of the file.
    let checksum: UInt32

    /// Decodes `.gnu_debuglink`: a C string, zeros up to a multiple of 4, the checksum.
    ///
    /// - Returns: nil if it is cut off, or the name is none of a file.
    init?(parsing section: RawSpan, byteOrder: ByteOrder) {
        var cursor = ByteCursor(section, byteOrder: byteOrder)
        guard let name = try? cursor.readCString() else { return nil }
        cursor.align(to: 4)
        guard let checksum = try? cursor.readUInt32() else { return nil }
        self.name = name.text
        self.checksum = checksum
        // A path would lead out of the directories that are searched.
        guard !self.name.isEmpty, !self.name.contains("/"), self.name != ".." else { return nil }
    }
}

/// The file that holds what several debug files have in common, which `dwz -m` wrote.
struct SupplementaryLink: Hashable {
    /// The path, relative to the directory of the file that has the link.
    let path: String
    /// The identity of the file.
    let buildID: BuildID

    /// Decodes `.gnu_debugaltlink`: a C string and the build ID, up to the end.
    ///
    /// - Returns: nil if it is cut off.
    init?(parsing section: RawSpan) {
        var cursor = ByteCursor(section)
        guard let path = try? cursor.readCString(), path.byteCount > 0, !cursor.isAtEnd,
            let bytes = try? cursor.readBytes(UInt64(cursor.remaining))
        else { return nil }
        self.path = path.text
        buildID = BuildID(bytes: bytes.array)
    }
}

extension ELFImage {
    /// The name of its separate debug file, if it has one.
    var debugLink: DebugLink? {
        sectionBytes(named: ".gnu_debuglink").flatMap {
            DebugLink(parsing: $0.bytes, byteOrder: byteOrder)
        }
    }

    /// The file that supplements its debug information, if it needs one.
    var supplementaryLink: SupplementaryLink? {
        sectionBytes(named: ".gnu_debugaltlink").flatMap { SupplementaryLink(parsing: $0.bytes) }
    }

    /// Whether the file has DWARF in it, and not just the headers of its sections.
    var hasDebugInformation: Bool {
        sections.contains {
            $0.kind != .noBits && $0.size > 0
                && [".debug_info", ".zdebug_info", ".debug_line", ".zdebug_line"].contains($0.name)
        }
    }

    /// Whether the file has the full symbol table in it.
    var hasSymbolTable: Bool { sections.contains { $0.kind == .symbolTable && $0.size > 0 } }
}
