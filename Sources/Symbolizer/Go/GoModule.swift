internal import Bytes

/// What the runtime knows about a Go program as a whole (`runtime.moduledata`), which has no symbol
/// where the program is stripped: it is found by the address of the table, with which it starts.
struct GoModule {
    /// The numbers of its words of 8 bytes, in Go 1.18 and later.
    private enum Word {
        static let table = 0
        static let firstFunction = 20
        static let textStart = 22
        /// `gofunc`; Go 1.20 added two words before it.
        static func functionData(in version: GoTableLayout.Version) -> Int {
            version == .go120 ? 40 : 38
        }
        static let count = 41
    }

    /// The most places that are looked at for it.
    private static let mostCandidates = 64

    /// Where the offsets of functions' data count from (`go:func.*`).
    let functionData: Address

    /// Finds it in the writable data of an image; nil if it is not there, or before Go 1.18, when
    /// nothing needed it.
    init?(of table: GoFunctionTable) {
        guard table.layout.hasOffsets, let first = table.entryPoint(of: 0),
            let start = table.image.address(of: FileOffset(table.offset))
        else { return nil }
        let image = table.image
        for place in Self.places(of: start, in: image).prefix(Self.mostCandidates) {
            guard let words = Self.words(at: place, in: image),
                words[Word.table] == start.rawValue, words[Word.firstFunction] == first,
                words[Word.textStart] == table.layout.textStart
            else { continue }
            let address = Address(words[Word.functionData(in: table.layout.version)])
            guard image.fileOffset(of: address) != nil else { continue }
            functionData = address
            return
        }
        return nil
    }

    /// The offsets in the file of words that are an address, when the image is loaded.
    private static func places(of address: Address, in image: ELFImage) -> [UInt64] {
        var places: [UInt64] = []
        for segment in image.segments where segment.kind == .load && segment.isWritable {
            guard
                let bytes = try? image.file.bytes.slice(at: segment.offset, count: segment.fileSize)
            else { continue }
            var cursor = ByteCursor(bytes, byteOrder: image.byteOrder)
            while places.count < mostCandidates, let word = try? cursor.readUInt64() {
                if word == address.rawValue {
                    places.append(segment.offset + UInt64(cursor.position) - 8)
                }
            }
            // Of programs that can be loaded anywhere, the loader writes it.
            let end = segment.offset + segment.fileSize
            let written = GoTableSearch.relocations(
                of: image, in: segment.offset..<end, to: address.rawValue)
            places += written.keys.sorted().map { segment.offset + $0 }
        }
        return places
    }

    /// The words from an offset in the file on, as they are when the image is loaded.
    private static func words(at offset: UInt64, in image: ELFImage) -> [UInt64]? {
        let size = UInt64(Word.count) * 8
        guard let bytes = try? image.file.bytes.slice(at: offset, count: size) else { return nil }
        var cursor = ByteCursor(bytes, byteOrder: image.byteOrder)
        var words: [UInt64] = []
        while let word = try? cursor.readUInt64() { words.append(word) }
        for (distance, address) in GoTableSearch.relocations(of: image, in: offset..<offset + size)
        where distance % 8 == 0 {
            words[Int(distance / 8)] = address
        }
        return words
    }
}
