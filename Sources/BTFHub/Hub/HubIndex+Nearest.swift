internal import Bytes
internal import SystemPackage

extension HubIndex: KernelCatalog {
    /// How many bytes of lines are looked at on either side: some 16,000 kernels.
    private static let nearby = 4 << 20

    /// Where the lines of the files are whose releases come next to one in order.
    package func places(around release: String) -> [Int] {
        let bytes = file.bytes
        let middle = firstLine(notBefore: Array(release.utf8))
        let first = Self.heading.utf8.count
        var start = startOfLine(at: max(middle - Self.nearby, first), notBefore: first)
        let end = min(middle + Self.nearby, bytes.byteCount)
        var places: [Int] = []
        while start < end {
            // Files that cannot be used have lines too.
            if bytes.byte(at: start) != UInt8(ascii: "!") { places.append(start) }
            start = endOfLine(at: start) + 1
        }
        return places
    }

    /// How similar the release of a line is, without the rest of the line.
    package func similarity(
        at place: Int, to release: ReleaseWords
    ) throws(HubError) -> ReleaseWords.Similarity {
        let end = file.bytes.firstOffset(of: UInt8(ascii: "\t"), from: place) ?? place
        return release.similarity(of: file.bytes.extracting(place..<max(end, place)))
    }

    /// The file of a line.
    package func record(at place: Int) throws(HubError) -> HubRecord {
        guard case .record(let record) = try line(place..<endOfLine(at: place)).content else {
            throw HubError(Self.path(of: hub).string, .damaged("the line at byte \(place)"))
        }
        return record
    }
}
