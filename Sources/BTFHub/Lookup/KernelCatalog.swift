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
}

extension HubIndex: KernelCatalog {}
