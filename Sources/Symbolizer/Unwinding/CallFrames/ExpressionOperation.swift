internal import Bytes

/// An operation of a DWARF expression, of those that occur in call frame information.
///
/// Source: DWARF 5, section 7.7.1.
enum ExpressionOperation: Equatable {
    /// Puts a register plus an offset onto the stack (`DW_OP_breg0` to 31, `DW_OP_bregx`).
    case register(UInt8, offset: Int64)
    /// Puts a number onto the stack, in one of its many forms.
    case constant(Int64)
    /// Replaces an address by the 8 bytes there.
    case dereference
    /// Adds a number (`DW_OP_plus_uconst`).
    case addConstant(Int64)
    /// Adds the two numbers on top.
    case add
    /// Keeps the bits that are in both of the two numbers on top.
    case and
    /// Compares the two numbers on top (`DW_OP_ge`).
    case isAtLeast
    /// Shifts the second number by the first (`DW_OP_shl`).
    case shiftLeft

    /// Known forms have 9.
    private static let most = 16

    /// All operations of an expression.
    ///
    /// - Throws: `CallFrameError` if there is any other, or more than a known form has.
    static func all(in bytes: RawSpan) throws(CallFrameError) -> [ExpressionOperation] {
        var reader = try CallFrameReader(bytes, at: 0)
        var operations: [ExpressionOperation] = []
        while !reader.isAtEnd {
            guard operations.count < most else { throw CallFrameError() }
            operations.append(try ExpressionOperation(parsing: &reader))
        }
        return operations
    }

    private init(parsing reader: inout CallFrameReader) throws(CallFrameError) {
        let code = try reader.readUInt8()
        self =
            switch code {
            case 0x06: .dereference
            case 0x08: .constant(Int64(try reader.readUInt8()))
            case 0x09: .constant(Int64(Int8(bitPattern: try reader.readUInt8())))
            case 0x0a: .constant(Int64(try reader.readUInt16()))
            case 0x0b: .constant(Int64(Int16(bitPattern: try reader.readUInt16())))
            case 0x0c: .constant(Int64(try reader.readUInt32()))
            case 0x0d: .constant(Int64(Int32(bitPattern: try reader.readUInt32())))
            case 0x10: .constant(try Self.small(reader.readULEB128()))
            case 0x11: .constant(try reader.readSLEB128())
            case 0x1a: .and
            case 0x22: .add
            case 0x23: .addConstant(try Self.small(reader.readULEB128()))
            case 0x24: .shiftLeft
            case 0x2a: .isAtLeast
            case 0x30...0x4f: .constant(Int64(code - 0x30))
            case 0x70...0x8f: .register(code - 0x70, offset: try reader.readSLEB128())
            case 0x92:
                .register(
                    UInt8(clamping: try reader.readULEB128()), offset: try reader.readSLEB128())
            default: throw CallFrameError()
            }
    }

    private static func small(_ number: UInt64) throws(CallFrameError) -> Int64 {
        guard let number = Int64(exactly: number) else { throw CallFrameError() }
        return number
    }
}
