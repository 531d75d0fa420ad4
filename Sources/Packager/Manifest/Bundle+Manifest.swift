internal import Symbolizer

extension Bundle {
    /// The manifest.
    ///
    /// - Throws: `ManifestError` if there is none, or it makes no sense.
    package func manifest() throws(ManifestError) -> Manifest {
        let manifests = entries(.manifest)
        guard let entry = manifests.first, manifests.count == 1 else {
            throw ManifestError(file: name, problem: "there is to be one, not \(manifests.count)")
        }
        return try Manifest(parsing: contents(of: entry).bytes, file: name)
    }
}
