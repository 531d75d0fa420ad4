internal import Bytes

/// The header of type information (`struct btf_header`), with its parts as ranges of the section.
struct BTFHeader {
    let byteOrder: ByteOrder
    let types: Range<UInt64>
    let strings: Range<UInt64>

    static let magic: UInt16 = 0xeb9f
    /// The header's own size, in this version of the format.
    static let size: UInt32 = 24

    /// Decodes a header; what newer versions add behind it is passed over.
    ///
    /// - Throws: `BTFError.Reason` if it is none, or claims more bytes than there are.
    init(parsing bytes: RawSpan) throws(BTFError.Reason) {
        byteOrder = try Self.byteOrder(of: bytes)
        let fields = try Fields(parsing: bytes, byteOrder: byteOrder)
        types = try Self.part(of: bytes, after: fields.length, at: fields.types)
        strings = try Self.part(of: bytes, after: fields.length, at: fields.strings)
    }

    /// The numbers of the header as they are.
    private struct Fields {
        let length: UInt32
        let types: (offset: UInt32, length: UInt32)
        let strings: (offset: UInt32, length: UInt32)

        init(parsing bytes: RawSpan, byteOrder: ByteOrder) throws(BTFError.Reason) {
            let version: UInt8
            do {
                var cursor = ByteCursor(bytes, byteOrder: byteOrder)
                try cursor.skip(2)  // magic
                version = try cursor.readUInt8()
                try cursor.skip(1)  // flags
                length = try cursor.readUInt32()
                types = (try cursor.readUInt32(), try cursor.readUInt32())
                strings = (try cursor.readUInt32(), try cursor.readUInt32())
            } catch {
                throw .malformed(error)
            }
            guard version == 1 else {
                throw .invalidHeader(field: "version", value: UInt64(version))
            }
            guard length >= BTFHeader.size else {
                throw .invalidHeader(field: "length", value: UInt64(length))
            }
            guard types.offset.isMultiple(of: 4) else {
                throw .invalidHeader(field: "offset of types", value: UInt64(types.offset))
            }
        }
    }

    /// Which order the magic number is in.
    static func byteOrder(of bytes: RawSpan) throws(BTFError.Reason) -> ByteOrder {
        switch (bytes.byte(at: 0), bytes.byte(at: 1)) {
        case (0x9f, 0xeb): .little
        case (0xeb, 0x9f): .big
        default: throw .notBTF
        }
    }

    /// A part of the section, whose offset counts from the end of the header.
    static func part(
        of bytes: RawSpan, after header: UInt32, at part: (offset: UInt32, length: UInt32)
    ) throws(BTFError.Reason) -> Range<UInt64> {
        // Sums of three 32-bit numbers fit 64 bits.
        let start = UInt64(header) + UInt64(part.offset)
        do {
            _ = try bytes.slice(at: start, count: UInt64(part.length))
        } catch {
            throw .malformed(error)
        }
        return start..<start + UInt64(part.length)
    }
}
