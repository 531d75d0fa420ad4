internal import Synchronization
package import SystemPackage

/// The images that were opened, each once, however many processes run them.
package final class ImageCache: Sendable {
    private let images = Mutex<[FileVersion: Result<LoadedImage, ELFError>]>([:])

    /// Makes an empty cache.
    package init() {}

    /// The image at a path.
    ///
    /// - Parameters:
    ///   - path: The path to open.
    ///   - name: What messages call the file, if not by the path.
    /// - Returns: The same object for the same version of a file.
    /// - Throws: `ELFError` if it cannot be read or is not an image that uprof supports.
    package func image(at path: FilePath, name: String? = nil) throws(ELFError) -> LoadedImage {
        guard let version = FileVersion(path: path) else {
            // Opening finds out why.
            return LoadedImage(image: try ELFImage(path: path, name: name))
        }
        if let known = images.withLock({ $0[version] }) { return try known.get() }
        // Not under the lock: files can be on slow disks. Two threads may open the same file;
        // the first one's is kept.
        let opened: Result<LoadedImage, ELFError>
        do {
            opened = .success(LoadedImage(image: try ELFImage(path: path, name: name)))
        } catch {
            opened = .failure(error)
        }
        return try images.withLock { images in
            let kept = images[version] ?? opened
            images[version] = kept
            return kept
        }.get()
    }
}
