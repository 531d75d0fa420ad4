internal import Bytes
internal import Symbolizer

/// The executable of a bundle, with room for one more section.
///
/// The section headers and their names are copied behind the executable, the new section's
/// among them; the old ones stay where they are, unused. Of the old bytes only three fields of
/// the ELF header change (`e_shoff`, `e_shnum`, `e_shstrndx`).
struct BundleHost {
    private static let headerSize = 64
    private static let sectionHeaderSize = 64
    private static let stringTableKind: UInt32 = 3
    private static let dataKind: UInt32 = 1

    /// The bytes up to the payload, padded, whose section header says the payload's place and
    /// size.
    let bytes: [UInt8]

    /// Makes room in an executable.
    ///
    /// - Throws: `BundleError.unusable` if it is none that can be carried around.
    init(executable image: ELFImage, payloadSize: Int) throws(BundleError) {
        guard image.section(named: BundleLayout.sectionName) == nil else {
            throw .unusable("\(image.name) is a bundle already; build from a plain uprof")
        }
        guard image.isStatic else {
            throw .unusable(
                "\(image.name) needs libraries of its host; build from a static uprof (make static)"
            )
        }
        var bytes = image.file.bytes.array
        var headers = Self.sectionHeaders(of: image)
        let names = Self.names(of: image)
        let newNames = names + Array(BundleLayout.sectionName.utf8) + [0]

        bytes.pad()
        let namesOffset = bytes.count
        bytes += newNames
        bytes.pad()
        let headersOffset = bytes.count
        let payloadOffset = Self.aligned(headersOffset + (headers.count + 2) * 64)
        headers.append(
            Self.header(
                name: 0, kind: Self.stringTableKind, offset: namesOffset, size: newNames.count))
        headers.append(
            Self.header(
                name: names.count, kind: Self.dataKind, offset: payloadOffset,
                size: payloadSize))
        for header in headers { bytes += header }
        bytes.pad()
        Self.store(UInt64(headersOffset), at: 0x28, in: &bytes)
        Self.store(UInt16(headers.count), at: 0x3c, in: &bytes)
        Self.store(UInt16(headers.count - 2), at: 0x3e, in: &bytes)
        self.bytes = bytes
    }

    /// The digest of what the loader maps of an image, without the fields that `strip` changes.
    static func loadedDigest(of image: ELFImage) -> [UInt8] {
        let segments = image.segments.filter { $0.kind == .load && $0.fileSize > 0 }
        return Digest.blake2b256(pieces: segments.count) { index in
            let segment = segments[index]
            guard
                var bytes = try? image.file.bytes
                    .slice(at: segment.offset, count: segment.fileSize).array
            else { return [] }
            if segment.offset == 0, bytes.count >= headerSize {
                store(UInt64(0), at: 0x28, in: &bytes)
                store(UInt32(0), at: 0x3c, in: &bytes)
            }
            return bytes
        }
    }

    /// The section headers as they are, the first unused one at least.
    private static func sectionHeaders(of image: ELFImage) -> [[UInt8]] {
        var cursor = ByteCursor(image.file.bytes)
        guard
            let offset = try? {
                try cursor.seek(to: 0x28); return try cursor.readUInt64()
            }(),
            let count = try? {
                try cursor.seek(to: 0x3c); return try cursor.readUInt16()
            }(),
            count > 0
        else { return [[UInt8](repeating: 0, count: sectionHeaderSize)] }
        return (0..<UInt64(count)).compactMap { index in
            try? image.file.bytes.slice(at: offset + index * 64, count: 64).array
        }
    }

    private static func names(of image: ELFImage) -> [UInt8] {
        guard let section = image.section(named: ".shstrtab"),
            let bytes = image.contents(of: section)
        else { return [0] }
        return bytes.array
    }

    private static func header(name: Int, kind: UInt32, offset: Int, size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt32(name))
        bytes.appendLittleEndian(kind)
        bytes.appendLittleEndian(UInt64(0))  // sh_flags: nothing of it is loaded
        bytes.appendLittleEndian(UInt64(0))  // sh_addr
        bytes.appendLittleEndian(UInt64(offset))
        bytes.appendLittleEndian(UInt64(size))
        bytes.appendLittleEndian(UInt64(0))  // sh_link, sh_info
        bytes.appendLittleEndian(UInt64(kind == dataKind ? BundleLayout.alignment : 1))
        bytes.appendLittleEndian(UInt64(0))  // sh_entsize
        return bytes
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + BundleLayout.alignment - 1) / BundleLayout.alignment * BundleLayout.alignment
    }

    private static func store(
        _ integer: some FixedWidthInteger, at offset: Int, in bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: integer.littleEndian) { raw in
            bytes.replaceSubrange(offset..<offset + raw.count, with: raw)
        }
    }
}
