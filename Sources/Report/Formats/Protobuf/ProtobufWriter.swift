/// Writes a message in the wire format of protocol buffers.
///
/// See "Encoding" of the language guide. Numbers of zero are left out, as proto3 has it.
struct ProtobufWriter {
    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case delimited = 2
    }

    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Writes an integer.
    @inline(__always)
    mutating func field(_ number: UInt64, _ value: UInt64) {
        guard value != 0 else { return }
        key(number, .varint)
        varint(value)
    }

    /// Writes an integer whose presence says something, also if it is zero.
    mutating func oneof(_ number: UInt64, _ value: UInt64) {
        key(number, .varint)
        varint(value)
    }

    /// Writes a signed integer (`int64`, `int32`: two's complement).
    mutating func field(_ number: UInt64, signed value: Int64) {
        field(number, UInt64(bitPattern: value))
    }

    /// Writes an integer of 8 bytes (`fixed64`).
    mutating func field(_ number: UInt64, fixed value: UInt64) {
        guard value != 0 else { return }
        key(number, .fixed64)
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    /// Writes a text, an empty one too.
    mutating func field(_ number: UInt64, text: String) {
        key(number, .delimited)
        varint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes bytes, also if there are none.
    mutating func field(_ number: UInt64, bytes content: some Collection<UInt8>) {
        key(number, .delimited)
        varint(UInt64(content.count))
        bytes += content
    }

    /// Writes a message inside this one.
    mutating func field(_ number: UInt64, _ message: ProtobufWriter) {
        field(number, bytes: message.bytes)
    }

    /// Writes integers one behind the other (`packed`).
    mutating func field(_ number: UInt64, packed values: some Collection<UInt64>) {
        guard !values.isEmpty else { return }
        key(number, .delimited)
        varint(UInt64(values.reduce(0) { $0 + Self.size(of: $1) }))
        for value in values { varint(value) }
    }

    /// Writes the fields of another part of the same message.
    mutating func append(_ other: ProtobufWriter) {
        bytes += other.bytes
    }

    /// Forgets what was written, and keeps the memory.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// How many bytes an integer takes: one for each seven bits.
    @inline(__always)
    private static func size(of value: UInt64) -> Int {
        (UInt64.bitWidth - (value | 1).leadingZeroBitCount + 6) / 7
    }

    @inline(__always)
    private mutating func key(_ number: UInt64, _ type: WireType) {
        varint(number << 3 | type.rawValue)
    }

    @inline(__always)
    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
