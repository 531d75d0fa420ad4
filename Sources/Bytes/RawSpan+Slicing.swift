internal import Glibc

extension RawSpan {
    /// The `count` bytes at `offset`, both as a file states them.
    ///
    /// - Throws: `ByteError` if they are not all there.
    @_lifetime(copy self)
    package func slice(at offset: UInt64, count: UInt64) throws(ByteError) -> RawSpan {
        let size = UInt64(byteCount)
        guard offset <= size, count <= size - offset else {
            throw ByteError(.truncated(needed: count), at: offset)
        }
        return extracting(Int(offset)..<Int(offset + count))
    }

    /// The bytes from `offset` to the zero byte that ends them, without it, or nil where the
    /// offset is past the end or no zero byte follows.
    @_lifetime(copy self)
    package func cString(at offset: UInt64) -> RawSpan? {
        guard offset < UInt64(byteCount) else { return nil }
        let start = Int(offset)
        guard let end = firstOffset(of: 0, from: start) else { return nil }
        return extracting(start..<end)
    }

    /// The offset of the first `byte` at or after `start`, or nil where there is none.
    package func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < byteCount else { return nil }
        return unsafe withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// Whether the bytes at `offset` are those of `other`.
    package func hasBytes(_ other: RawSpan, at offset: Int) -> Bool {
        let count = other.byteCount
        guard offset >= 0, offset <= byteCount, count <= byteCount - offset else { return false }
        guard count > 0 else { return true }
        return unsafe withUnsafeBytes { mine in
            unsafe other.withUnsafeBytes { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else {
                    return false
                }
                return unsafe memcmp(left + offset, right, count) == 0
            }
        }
    }

    /// Whether the bytes of `other` are somewhere among these.
    package func contains(_ other: RawSpan) -> Bool { firstOffset(of: other) != nil }

    /// The offset of the first place where the bytes of `other` are, or nil where there is none.
    package func firstOffset(of other: RawSpan) -> Int? {
        guard let first = other.byte(at: 0) else { return 0 }
        var start = 0
        while let candidate = firstOffset(of: first, from: start) {
            if hasBytes(other, at: candidate) { return candidate }
            start = candidate + 1
        }
        return nil
    }

    /// The byte at an offset, or nil past the end.
    package func byte(at offset: Int) -> UInt8? {
        guard offset >= 0, offset < byteCount else { return nil }
        return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    package var text: String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes as elements.
    package var elements: Span<UInt8> {
        @_lifetime(copy self)
        get { Span<UInt8>(_bytes: self) }
    }

    /// A copy of the bytes.
    package var array: [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }
}
