/// Reads values one after the other out of bytes nobody has checked.
///
/// Every read is checked against the end of the bytes and throws a ``ByteError`` that tells the
/// offset; none traps. A read that throws does not move the cursor.
package struct ByteCursor: ~Escapable {
    /// All bytes, the read ones too.
    private let bytes: RawSpan
    /// The order of the bytes of the integers.
    package let byteOrder: ByteOrder
    /// Where `bytes` starts in its file; errors count from the start of the file.
    private let origin: UInt64
    /// The offset of the next read within the bytes.
    package private(set) var position = 0

    /// Places a cursor on the first of the bytes, which start at `origin` in their file.
    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan, byteOrder: ByteOrder = .little, origin: UInt64 = 0) {
        self.bytes = bytes
        self.byteOrder = byteOrder
        self.origin = origin
    }

    /// How many bytes are left.
    package var remaining: Int { bytes.byteCount - position }

    /// Whether all bytes are read.
    package var isAtEnd: Bool { remaining == 0 }

    /// The offset of the next read from the start of the file.
    package var fileOffset: UInt64 { origin &+ UInt64(position) }

    /// Moves the cursor to an offset within the bytes.
    ///
    /// - Throws: `ByteError` if the offset is past their end.
    package mutating func seek(to offset: UInt64) throws(ByteError) {
        guard offset <= UInt64(bytes.byteCount) else {
            throw ByteError(.truncated(needed: 0), at: origin &+ offset)
        }
        position = Int(offset)
    }

    /// Moves the cursor forward by a number of bytes.
    ///
    /// - Throws: `ByteError` if fewer are left.
    package mutating func skip(_ count: UInt64) throws(ByteError) {
        guard count <= UInt64(remaining) else {
            throw ByteError(.truncated(needed: count), at: fileOffset)
        }
        position += Int(count)
    }

    /// Moves the cursor forward to a multiple of `alignment` within the bytes, or to their end.
    package mutating func align(to alignment: Int) {
        precondition(alignment > 0, "an alignment is positive")
        let excess = position % alignment
        position += excess == 0 ? 0 : min(alignment - excess, remaining)
    }

    /// Reads one byte.
    ///
    /// - Throws: `ByteError` if none is left.
    package mutating func readUInt8() throws(ByteError) -> UInt8 {
        try readInteger(as: UInt8.self)
    }

    /// Reads an integer of 2 bytes.
    ///
    /// - Throws: `ByteError` if fewer are left.
    package mutating func readUInt16() throws(ByteError) -> UInt16 {
        try readInteger(as: UInt16.self)
    }

    /// Reads an integer of 4 bytes.
    ///
    /// - Throws: `ByteError` if fewer are left.
    package mutating func readUInt32() throws(ByteError) -> UInt32 {
        try readInteger(as: UInt32.self)
    }

    /// Reads an integer of 8 bytes.
    ///
    /// - Throws: `ByteError` if fewer are left.
    package mutating func readUInt64() throws(ByteError) -> UInt64 {
        try readInteger(as: UInt64.self)
    }

    /// Reads the next `count` bytes, without copying them.
    ///
    /// - Throws: `ByteError` if fewer are left.
    @_lifetime(copy self)
    package mutating func readBytes(_ count: UInt64) throws(ByteError) -> RawSpan {
        guard count <= UInt64(remaining) else {
            throw ByteError(.truncated(needed: count), at: fileOffset)
        }
        let start = position
        position += Int(count)
        return bytes.extracting(start..<position)
    }

    /// Reads the bytes up to the next zero byte, which is read too but not returned.
    ///
    /// - Throws: `ByteError` if no zero byte follows.
    @_lifetime(copy self)
    package mutating func readCString() throws(ByteError) -> RawSpan {
        let start = position
        guard let end = bytes.firstOffset(of: 0, from: start) else {
            throw ByteError(.unterminatedString, at: fileOffset)
        }
        position = end + 1
        return bytes.extracting(start..<end)
    }

    @inline(__always)
    private mutating func readInteger<Value: FixedWidthInteger & BitwiseCopyable>(
        as type: Value.Type
    ) throws(ByteError) -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= remaining else {
            throw ByteError(.truncated(needed: UInt64(size)), at: fileOffset)
        }
        // Safe because the bounds were just checked and every pattern of bits is an integer.
        let value = unsafe bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: position, as: Value.self)
        position += size
        return byteOrder == .little ? Value(littleEndian: value) : Value(bigEndian: value)
    }
}
