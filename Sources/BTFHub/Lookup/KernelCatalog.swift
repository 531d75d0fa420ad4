/// What has the types of many kernels, and finds them by release: a hub or an export.
package protocol KernelCatalog {
    /// The files of a kernel release.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    func records(ofRelease release: String) throws(HubError) -> [HubRecord]

    /// The files of all kernel releases that begin like this.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    func records(withPrefix prefix: String) throws(HubError) -> [HubRecord]

    /// All files.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    func records() throws(HubError) -> [HubRecord]

    /// Where the files are whose releases come next to one in order, on both sides of it, in that
    /// order; not more than some ten thousand.
    func places(around release: String) -> [Int]

    /// How similar the release of the file at a place is.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    func similarity(at place: Int, to release: ReleaseWords) throws(HubError)
        -> ReleaseWords.Similarity

    /// The file at a place.
    ///
    /// - Throws: `HubError` if the catalog is damaged.
    func record(at place: Int) throws(HubError) -> HubRecord
}
