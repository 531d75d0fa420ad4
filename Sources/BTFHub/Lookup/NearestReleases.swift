/// Finds the releases most like one that is not there.
///
/// That is the one that begins alike for longest, then one that ends alike, then the one whose
/// first different number is nearest. Only releases are compared; what else is known of a file is
/// read where its release is among the best.
enum NearestReleases {
    /// So many more files are looked at than are wanted, as some are of other instruction sets.
    private static let spare = 61

    /// The files of the most similar releases a host can use, best first.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    static func find(
        _ count: Int, to host: Host, in index: some KernelCatalog
    ) throws(HubError) -> [HubRecord] {
        var nearest: [HubRecord] = []
        for place in try best(count + spare, to: host.release, in: index) {
            let record = try index.record(at: place)
            if record.fits(host) { nearest.append(record) }
            if nearest.count == count { break }
        }
        return nearest
    }

    /// The places of the most similar releases; those that are alike in their own order.
    private static func best(
        _ count: Int, to release: String, in index: some KernelCatalog
    ) throws(HubError) -> [Int] {
        let wanted = ReleaseWords(release)
        var best: [(place: Int, similarity: ReleaseWords.Similarity)] = []
        for place in index.places(around: release) {
            let similarity = try index.similarity(at: place, to: wanted)
            guard similarity.common > 0 else { continue }
            if best.count == count, let last = best.last {
                guard last.similarity < similarity else { continue }
                best.removeLast()
            }
            let position = best.firstIndex { $0.similarity < similarity } ?? best.count
            best.insert((place, similarity), at: position)
        }
        return best.map(\.place)
    }
}
