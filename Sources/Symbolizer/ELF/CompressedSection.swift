internal import Bytes
internal import Compression

/// What a compressed section says of itself, before the compressed bytes.
struct CompressedSection {
    /// How it is compressed.
    enum Format {
        /// `ELFCOMPRESS_ZLIB`, and what GNU tools did before there was a header.
        case zlib
        /// `ELFCOMPRESS_ZSTD`.
        case zstd

        /// No compressor does better, by the formats themselves: deflate copies at most 258 bytes
        /// for 2 bits, and a block of zstd of at most 128 KB takes at least 4 bytes.
        var greatestRatio: UInt64 {
            switch self {
            case .zlib: 1032
            case .zstd: 32 << 10
            }
        }
    }

    let format: Format
    /// How many bytes it has, decompressed.
    let size: Int
    /// Where the compressed bytes are within the section.
    let start: Int

    /// No section may become larger: what a damaged file may cost.
    static let largestSize: UInt64 = 1 << 30

    /// Decodes the header of a section with the flag `SHF_COMPRESSED` (`Elf64_Chdr`); nil if it
    /// has none, or it claims more than the bytes can become or ``largestSize``.
    ///
    /// The header may be at any offset: nothing aligns it in practice.
    init?(header section: RawSpan, byteOrder: ByteOrder) {
        var cursor = ByteCursor(section, byteOrder: byteOrder)
        guard let type = try? cursor.readUInt32(), (try? cursor.skip(4)) != nil,
            let size = try? cursor.readUInt64(), (try? cursor.skip(8)) != nil
        else { return nil }
        switch type {
        case 1: self.init(.zlib, size: size, start: cursor.position, of: section)
        case 2: self.init(.zstd, size: size, start: cursor.position, of: section)
        default: return nil
        }
    }

    /// Decodes the beginning of a section whose name starts with `.zdebug`: `ZLIB`, and the size
    /// with its highest byte first, in all files.
    init?(gnu section: RawSpan) {
        var cursor = ByteCursor(section, byteOrder: .big)
        guard let mark = try? cursor.readUInt32(), mark == 0x5a4c_4942,
            let size = try? cursor.readUInt64()
        else { return nil }
        self.init(.zlib, size: size, start: cursor.position, of: section)
    }

    private init?(_ format: Format, size: UInt64, start: Int, of section: RawSpan) {
        // A section has less than 2^48 bytes, being mapped: no overflow.
        let most = UInt64(section.byteCount - start) * format.greatestRatio
        guard size <= most, size <= Self.largestSize else { return nil }
        self.format = format
        self.size = Int(size)
        self.start = start
    }

    /// The decompressed bytes of the section, or nil if they are damaged or not as many as it
    /// says.
    func decompressed(_ section: RawSpan) -> SectionBytes? {
        let compressed = section.extracting(start..<section.byteCount)
        let file = MappedFile(count: size) { output in
            switch format {
            case .zlib: Zlib.decompress(compressed, into: output)
            case .zstd: Zstandard.decompress(compressed, into: output)
            }
        }
        return file.map { SectionBytes($0, range: 0..<size) }
    }
}
