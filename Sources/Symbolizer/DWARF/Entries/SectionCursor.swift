internal import Bytes

/// Reads the little-endian values of a debugging section, millions of times a second.
///
/// Unlike `ByteCursor` it does not throw: what is read past the end is zero, moves the cursor to
/// the end and makes it invalid for good. So a loop that ends at the end always ends, and a
/// reader checks once, after a group of values, whether they were there.
struct SectionCursor: ~Escapable {
    private let bytes: RawSpan
    /// The offset of the next read within the section.
    private(set) var position: Int
    /// Where reading ends, at most the end of the section.
    private(set) var end: Int
    /// Whether all that was read so far was there.
    private(set) var isValid = true

    /// Places a cursor at an offset of a section; one past the end makes it invalid.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, at offset: UInt64 = 0) {
        self.bytes = bytes
        end = bytes.byteCount
        position = offset <= UInt64(end) ? Int(offset) : end
        isValid = offset <= UInt64(end)
    }

    /// Whether all bytes are read.
    var isAtEnd: Bool { position >= end }

    /// The offset of the next read within the section.
    var offset: UInt64 { UInt64(position) }

    /// Makes reading end at an offset, if that is before the end so far.
    mutating func limit(to offset: UInt64) {
        end = max(position, Int(min(offset, UInt64(end))))
    }

    /// Moves to an offset within the section.
    @inline(__always)
    mutating func seek(to offset: UInt64) {
        guard offset <= UInt64(end) else { return invalidate() }
        position = Int(offset)
    }

    /// Moves forward by a number of bytes.
    @inline(__always)
    mutating func skip(_ count: UInt64) {
        guard count <= UInt64(end - position) else { return invalidate() }
        position += Int(count)
    }

    /// Moves behind the next zero byte.
    mutating func skipCString() {
        guard let zero = bytes.firstOffset(of: 0, from: position), zero < end else {
            return invalidate()
        }
        position = zero + 1
    }

    /// Reads one byte.
    @inline(__always)
    mutating func readUInt8() -> UInt8 { readInteger() }

    /// Reads an integer of 2 bytes.
    @inline(__always)
    mutating func readUInt16() -> UInt16 { readInteger() }

    /// Reads an integer of 4 bytes.
    @inline(__always)
    mutating func readUInt32() -> UInt32 { readInteger() }

    /// Reads an integer of 8 bytes.
    @inline(__always)
    mutating func readUInt64() -> UInt64 { readInteger() }

    /// Reads an unsigned integer of 1 to 8 bytes.
    @inline(__always)
    mutating func readUnsigned(size: UInt8) -> UInt64 {
        switch size {
        case 1: UInt64(readUInt8())
        case 2: UInt64(readUInt16())
        case 3: UInt64(readUInt16()) | UInt64(readUInt8()) << 16
        case 4: UInt64(readUInt32())
        case 8: readUInt64()
        default: invalidateReading()
        }
    }

    /// Reads an unsigned integer of variable length (DWARF 5, section 7.6), modulo 2^64.
    @inline(__always)
    mutating func readULEB128() -> UInt64 {
        let first = readUInt8()
        return first < 0x80 ? UInt64(first) : readULEB128(after: first)
    }

    @inline(never)
    private mutating func readULEB128(after first: UInt8) -> UInt64 {
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while true {
            let byte = readUInt8()
            // A shift of 64 or more gives zero: padding changes nothing.
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift = min(shift + 7, 64)
        }
    }

    /// Reads a signed integer of variable length (DWARF 5, section 7.6), modulo 2^64.
    @inline(__always)
    mutating func readSLEB128() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = readUInt8()
            value |= UInt64(byte & 0x7f) << shift
            shift = min(shift + 7, 64)
            guard byte < 0x80 else { continue }
            if byte & 0x40 != 0 { value |= ~0 << shift }
            return Int64(bitPattern: value)
        }
    }

    /// Moves behind an integer of variable length.
    @inline(__always)
    mutating func skipLEB128() {
        while readUInt8() >= 0x80 {}
    }

    /// Moves to the end and remembers that something was missing.
    @inline(never)
    mutating func invalidate() {
        position = end
        isValid = false
    }

    @inline(never)
    private mutating func invalidateReading() -> UInt64 {
        invalidate()
        return 0
    }

    @inline(__always)
    private mutating func readInteger<Value: FixedWidthInteger & BitwiseCopyable>() -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= end - position else {
            invalidate()
            return 0
        }
        // Safe because the bounds were just checked, `position` is never negative nor `end`
        // beyond the bytes, and every pattern of bits is an integer.
        let value = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: Value.self)
        position += size
        return Value(littleEndian: value)
    }
}
