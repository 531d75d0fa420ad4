internal import Bytes

/// Reads call frame information: a cursor whose failures are all the same.
struct CallFrameReader: ~Escapable {
    private var cursor: ByteCursor

    /// Places a reader at an offset of a section, which ends where the bytes do.
    ///
    /// - Throws: `CallFrameError` if the offset is past the end.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan, at offset: Int) throws(CallFrameError) {
        cursor = ByteCursor(bytes)
        guard offset >= 0, (try? cursor.seek(to: UInt64(offset))) != nil else {
            throw CallFrameError()
        }
    }

    /// Where the next byte is in the section.
    var position: Int { cursor.position }

    /// Whether all bytes are read.
    var isAtEnd: Bool { cursor.isAtEnd }

    @_lifetime(self: copy self)
    mutating func readUInt8() throws(CallFrameError) -> UInt8 {
        do { return try cursor.readUInt8() } catch { throw CallFrameError() }
    }

    @_lifetime(self: copy self)
    mutating func readUInt16() throws(CallFrameError) -> UInt16 {
        do { return try cursor.readUInt16() } catch { throw CallFrameError() }
    }

    @_lifetime(self: copy self)
    mutating func readUInt32() throws(CallFrameError) -> UInt32 {
        do { return try cursor.readUInt32() } catch { throw CallFrameError() }
    }

    @_lifetime(self: copy self)
    mutating func readUInt64() throws(CallFrameError) -> UInt64 {
        do { return try cursor.readUInt64() } catch { throw CallFrameError() }
    }

    @_lifetime(self: copy self)
    mutating func readULEB128() throws(CallFrameError) -> UInt64 {
        do { return try cursor.readULEB128() } catch { throw CallFrameError() }
    }

    @_lifetime(self: copy self)
    mutating func readSLEB128() throws(CallFrameError) -> Int64 {
        do { return try cursor.readSLEB128() } catch { throw CallFrameError() }
    }

    /// Passes over a number of bytes.
    @_lifetime(self: copy self)
    mutating func skip(_ count: UInt64) throws(CallFrameError) {
        do { try cursor.skip(count) } catch { throw CallFrameError() }
    }

    /// Passes over what is left before a multiple of eight.
    @_lifetime(self: copy self)
    mutating func align() { cursor.align(to: 8) }

    /// Reads the bytes before the next zero byte.
    @_lifetime(self: copy self)
    mutating func readString() throws(CallFrameError) -> [UInt8] {
        do { return try cursor.readCString().array } catch { throw CallFrameError() }
    }

    /// Passes over a block that has its length in front.
    ///
    /// - Returns: Where the block is in the section.
    @_lifetime(self: copy self)
    mutating func readBlock() throws(CallFrameError) -> Range<Int> {
        let length = try readULEB128()
        let start = position
        try skip(length)
        return start..<position
    }
}
