internal import Bytes

/// Finds a Go program's table of functions.
enum GoTableSearch {
    private static let sections = [".gopclntab", ".data.rel.ro.gopclntab"]

    /// The most places a search without section headers returns.
    private static let mostCandidates = 64

    /// The ranges of the file a table may be at, the most likely first.
    ///
    /// An external linker merges the table of a program that can be loaded anywhere into
    /// `.data.rel.ro`; without section headers too, it is found by its first bytes.
    static func candidates(in image: ELFImage) -> [Range<UInt64>] {
        guard image.isGo || image.sections.isEmpty else { return [] }
        for name in sections {
            guard let section = image.section(named: name), let bytes = image.contents(of: section)
            else { continue }
            return [section.offset..<section.offset + UInt64(bytes.byteCount)]
        }
        var found: [Range<UInt64>] = []
        for segment in image.segments where segment.kind == .load && !segment.isExecutable {
            guard
                let bytes = try? image.file.bytes.slice(at: segment.offset, count: segment.fileSize)
            else { continue }
            let end = segment.offset + segment.fileSize
            for offset in places(in: bytes, byteOrder: image.byteOrder) {
                guard found.count < mostCandidates else { return found }
                found.append(segment.offset + offset..<end)
            }
        }
        return found
    }

    /// The offsets of the bytes every table starts with.
    private static func places(in bytes: RawSpan, byteOrder: ByteOrder) -> [UInt64] {
        // Of the magic number, the bytes that all versions share.
        let isLittle = byteOrder == .little
        let common: [UInt8] =
            isLittle ? [0xff, 0xff, 0xff, 0, 0] : [0xff, 0xff, 0xff]
        var places: [UInt64] = []
        var start = 0
        while let next = bytes.firstOffset(of: 0xff, from: start) {
            start = next + 1
            let first = isLittle ? next - 1 : next
            guard first >= 0, first % 8 == 0, bytes.hasBytes(common.span.bytes, at: next) else {
                continue
            }
            guard places.count < mostCandidates else { break }
            guard
                let rest = try? bytes.slice(
                    at: UInt64(first), count: UInt64(bytes.byteCount - first))
            else { continue }
            var cursor = ByteCursor(rest, byteOrder: byteOrder)
            if (try? GoTableLayout(parsing: &cursor)) != nil { places.append(UInt64(first)) }
        }
        return places
    }

    /// What the loader writes into a range of the file (`R_X86_64_RELATIVE`,
    /// `R_AARCH64_RELATIVE`), by offset in it: all addresses, or only the places of a given one.
    static func relocations(
        of image: ELFImage, in range: Range<UInt64>, to address: UInt64? = nil
    ) -> [UInt64: UInt64] {
        guard image.kind == .dynamic, let table = image.dynamic?.relocations,
            let start = image.address(of: FileOffset(range.lowerBound))?.rawValue,
            let bytes = try? image.file.bytes.slice(at: table.offset, count: table.size)
        else { return [:] }
        var found: [UInt64: UInt64] = [:]
        var cursor = ByteCursor(bytes, byteOrder: image.byteOrder)
        while let place = try? cursor.readUInt64(), let kind = try? cursor.readUInt64(),
            let addend = try? cursor.readUInt64()
        {
            guard kind == 8 || kind == 1027, place >= start,
                place - start < range.upperBound - range.lowerBound,
                address == nil || addend == address
            else { continue }
            found[place - start] = addend
        }
        return found
    }
}
