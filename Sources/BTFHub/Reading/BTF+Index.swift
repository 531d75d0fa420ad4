internal import Bytes

extension BTF {
    /// Finds where each type starts, in the bytes of all.
    ///
    /// - Throws: `BTFError.Reason` if a type is of an unknown kind or is cut off; offsets in it
    ///   count from the start of the types.
    static func index(
        _ types: RawSpan, byteOrder: ByteOrder
    ) throws(BTFError.Reason) -> [UInt32] {
        var offsets: [UInt32] = []
        // The mean size of a type in kernels is 25 bytes.
        offsets.reserveCapacity(types.byteCount / 24)
        var cursor = ByteCursor(types, byteOrder: byteOrder)
        // Up to what is damaged, or to the end: the bulk of what opening takes.
        let sound = indexSound(types, isSwapped: byteOrder == .big, into: &offsets)
        do { try cursor.seek(to: UInt64(sound)) } catch { throw .malformed(error) }
        while !cursor.isAtEnd {
            let start = cursor.position
            do {
                try cursor.skip(4)  // name
                let info = try cursor.readUInt32()
                guard let kind = kind(info), kind != .void else {
                    throw BTFError.Reason.unknownKind(
                        UInt8(truncatingIfNeeded: info >> 24 & 0x7f), offset: UInt64(start))
                }
                let (fixed, entry) = kind.trailingSize
                // Its last word, and at most 12 bytes times 2^24 entries.
                try cursor.skip(UInt64(4 + fixed + entry * Int(info & 0xff_ffff)))
            } catch let error as ByteError {
                throw .malformed(error)
            } catch let error as BTFError.Reason {
                throw error
            } catch {
                throw .notBTF
            }
            offsets.append(UInt32(start))
        }
        return offsets
    }

    /// Finds where types start, as long as they are whole and of known kinds.
    ///
    /// - Returns: Where the first one starts that is not, or the end.
    private static func indexSound(
        _ types: RawSpan, isSwapped: Bool, into offsets: inout [UInt32]
    ) -> Int {
        let head = 12  // name, kind with the number of entries, size or type
        let end = types.byteCount
        var position = 0
        while end - position >= head {
            let word = types.unsafeLoadUnaligned(fromByteOffset: position + 4, as: UInt32.self)
            let info = isSwapped ? word.byteSwapped : word
            guard let kind = kind(info), kind != .void else { break }
            let (fixed, entry) = kind.trailingSize
            // At most 12 bytes times 2^24 entries.
            let size = head + fixed + entry * Int(info & 0xff_ffff)
            guard size <= end - position else { break }
            offsets.append(UInt32(position))
            position += size
        }
        return position
    }
}
