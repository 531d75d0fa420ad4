internal import Bytes

/// Reads a message in the wire format of protocol buffers, field by field.
struct ProtobufReader: ~Escapable {
    /// A field with its number.
    struct Field: ~Escapable {
        /// What is in it: a number, or the bytes of a text, a message or packed numbers.
        let number: UInt64
        /// The value of a number; 0 for bytes.
        let value: UInt64
        /// The bytes; none for a number.
        let bytes: RawSpan

        @_lifetime(copy bytes)
        fileprivate init(number: UInt64, value: UInt64, bytes: RawSpan) {
            self.number = number
            self.value = value
            self.bytes = bytes
        }

        /// The value as a signed one.
        var signed: Int64 { Int64(bitPattern: value) }

        /// The numbers of a repeated field: packed, or this one alone.
        ///
        /// - Throws: `ByteError` if one of them is cut off.
        func numbers() throws(ByteError) -> [UInt64] {
            guard bytes.byteCount > 0 else { return isPacked ? [] : [value] }
            var cursor = ByteCursor(bytes)
            var numbers: [UInt64] = []
            while !cursor.isAtEnd { numbers.append(try cursor.readULEB128()) }
            return numbers
        }

        /// Whether the field is one of bytes.
        fileprivate(set) var isPacked = false
    }

    private var cursor: ByteCursor

    /// Reads the fields of a message from the first one on.
    @_lifetime(copy message)
    init(_ message: RawSpan) {
        cursor = ByteCursor(message)
    }

    /// Whether there are more fields.
    var isAtEnd: Bool { cursor.isAtEnd }

    /// What no field begins with.
    struct UnknownWireType: Error, CustomStringConvertible {
        /// The offset behind it, within the message.
        let offset: UInt64

        var description: String { "no protocol buffer before offset \(offset) of a message" }
    }

    /// The next field.
    ///
    /// - Throws: `ByteError` if it is cut off, `UnknownWireType` if it is none.
    @_lifetime(copy self)
    mutating func next() throws -> Field {
        let key = try cursor.readULEB128()
        let number = key >> 3
        switch key & 7 {
        case 0:
            let value = try cursor.readULEB128()
            return Field(number: number, value: value, bytes: RawSpan())
        case 1:
            let value = try cursor.readUInt64()
            return Field(number: number, value: value, bytes: RawSpan())
        case 2:
            let size = try cursor.readULEB128()
            var field = Field(number: number, value: 0, bytes: try cursor.readBytes(size))
            field.isPacked = true
            return field
        case 5:
            let value = try cursor.readUInt32()
            return Field(number: number, value: UInt64(value), bytes: RawSpan())
        default:
            // Groups and what is not assigned: nothing behind can be understood.
            throw UnknownWireType(offset: cursor.fileOffset)
        }
    }
}
