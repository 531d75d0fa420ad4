/// How a pointer of `.eh_frame` is written (`DW_EH_PE_*`; LSB Core 5, section 10.5.1).
struct PointerEncoding: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    /// Eight bytes, the address itself.
    static let absolute = PointerEncoding(rawValue: 0)
    /// There is no pointer.
    static let omitted = PointerEncoding(rawValue: 0xff)

    /// What pointers can be relative to.
    struct Bases: Sendable {
        /// The address of the first byte of the section.
        var section: UInt64 = 0
        /// The address of the index of the section.
        var index: UInt64 = 0
        /// The start of the function.
        var function: UInt64 = 0
    }

    /// The same form as a plain number: how the size of a range is written.
    var ofSize: PointerEncoding { PointerEncoding(rawValue: rawValue & 0x0f) }

    /// Reads a pointer.
    ///
    /// - Throws: `CallFrameError` if the form is not known, the bytes end within it, or it only
    ///   says where the pointer is in the memory of the process (`DW_EH_PE_indirect`).
    func read(
        _ reader: inout CallFrameReader, bases: Bases
    ) throws(CallFrameError) -> UInt64 {
        guard rawValue & 0x80 == 0 else { throw CallFrameError() }
        // DW_EH_PE_aligned: sections are aligned themselves, so places in them will do.
        if rawValue & 0x70 == 0x50 { reader.align() }
        let place = bases.section &+ UInt64(reader.position)
        let number = try readNumber(&reader)
        return switch rawValue & 0x70 {
        case 0x00, 0x50: number
        case 0x10: place &+ number
        case 0x30: bases.index &+ number
        case 0x40: bases.function &+ number
        default: throw CallFrameError()
        }
    }

    /// Passes over a pointer, whatever it is relative to.
    ///
    /// - Throws: `CallFrameError` if the form is not known or the bytes end within it.
    func skip(_ reader: inout CallFrameReader) throws(CallFrameError) {
        guard self != .omitted else { return }
        if rawValue & 0x70 == 0x50 { reader.align() }
        _ = try readNumber(&reader)
    }

    private func readNumber(_ reader: inout CallFrameReader) throws(CallFrameError) -> UInt64 {
        switch rawValue & 0x0f {
        case 0x00, 0x04, 0x0c: try reader.readUInt64()
        case 0x01: try reader.readULEB128()
        case 0x02: UInt64(try reader.readUInt16())
        case 0x03: UInt64(try reader.readUInt32())
        case 0x09: UInt64(bitPattern: try reader.readSLEB128())
        case 0x0a: UInt64(bitPattern: Int64(Int16(bitPattern: try reader.readUInt16())))
        case 0x0b: UInt64(bitPattern: Int64(Int32(bitPattern: try reader.readUInt32())))
        default: throw CallFrameError()
        }
    }
}
