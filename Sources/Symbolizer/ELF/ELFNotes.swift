internal import Bytes

/// Looks for notes: small named records, the build ID among them.
enum ELFNotes {
    /// The owner and kind of a note, and its bytes.
    struct Note {
        var owner: String
        var kind: UInt32
        var contents: [UInt8]

        /// The build ID, if the note holds one (`NT_GNU_BUILD_ID`).
        var buildID: BuildID? {
            kind == 3 && owner == "GNU" && !contents.isEmpty ? BuildID(bytes: contents) : nil
        }
    }

    /// The longest note that is read: build IDs have at most 64 bytes, properties a few more.
    private static let longest: UInt32 = 4096

    /// The notes of a segment or section; those behind a damaged one are lost.
    ///
    /// Fields are padded to 4 bytes, also in 64-bit files, except where the alignment is 8
    /// (`.note.gnu.property`).
    static func parse(_ bytes: RawSpan, byteOrder: ByteOrder, alignment: UInt64) -> [Note] {
        let alignment = alignment == 8 ? 8 : 4
        var notes: [Note] = []
        var cursor = ByteCursor(bytes, byteOrder: byteOrder)
        while let nameSize = try? cursor.readUInt32(), let size = try? cursor.readUInt32(),
            let kind = try? cursor.readUInt32(), nameSize <= longest,
            let name = try? cursor.readBytes(UInt64(nameSize))
        {
            cursor.align(to: alignment)
            guard let contents = try? cursor.readBytes(UInt64(size)) else { break }
            cursor.align(to: alignment)
            guard size <= longest else { continue }
            let owner = name.cString(at: 0)?.text ?? name.text
            notes.append(Note(owner: owner, kind: kind, contents: contents.array))
        }
        return notes
    }
}
