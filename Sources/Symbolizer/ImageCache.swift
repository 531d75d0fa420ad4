internal import Bytes
internal import Glibc
internal import Synchronization
package import SystemPackage

/// The images that were opened, each once, however many processes run them.
package final class ImageCache: Sendable {
    private let search: DebugFileSearch
    private let images = Mutex<[FileVersion: Result<LoadedImage, ELFError>]>([:])
    private let twins = Mutex<[BuildID: [LoadedImage]]>([:])

    /// Makes an empty cache; `search` is where the debug files of its images are looked for.
    package init(search: DebugFileSearch = DebugFileSearch()) {
        self.search = search
    }

    /// The image at a path.
    ///
    /// - Parameters:
    ///   - path: The path to open.
    ///   - name: What messages call the file, if not by the path.
    ///   - place: Where the process that runs it finds it, if that is not the path.
    /// - Returns: The same object for the same version of a file, and for equal files, as
    ///   containers have them.
    /// - Throws: `ELFError` if it cannot be read or is not an image that uprof supports.
    package func image(
        at path: FilePath, name: String? = nil, place: ImagePlace? = nil
    ) throws(ELFError) -> LoadedImage {
        guard let version = FileVersion(path: path) else {
            // Opening finds out why.
            return try open(path, name, place)
        }
        if let known = images.withLock({ $0[version] }) { return try known.get() }
        // Not under the lock: files can be on slow disks. Two threads may open the same file;
        // the first one's is kept.
        let opened: Result<LoadedImage, ELFError>
        do {
            opened = .success(shared(try open(path, name, place)))
        } catch {
            opened = .failure(error)
        }
        return try images.withLock { images in
            let kept = images[version] ?? opened
            images[version] = kept
            return kept
        }.get()
    }

    private func open(
        _ path: FilePath, _ name: String?, _ place: ImagePlace?
    ) throws(ELFError) -> LoadedImage {
        let image = try ELFImage(path: path, name: name)
        let place = place ?? Self.absolute(path).map { ImagePlace(path: $0) }
        return LoadedImage(image: image, at: place, search: search)
    }

    /// The image that was opened first of those that are equal: by their build IDs, which are
    /// those of one build, and their headers, which differ if one of them is stripped.
    private func shared(_ opened: LoadedImage) -> LoadedImage {
        guard let buildID = opened.image.buildID else { return opened }
        return twins.withLock { twins in
            let known = twins[buildID, default: []].first { $0.image.isTwin(of: opened.image) }
            if let known { return known }
            twins[buildID, default: []].append(opened)
            return opened
        }
    }

    private static func absolute(_ path: FilePath) -> FilePath? {
        if path.isAbsolute { return path }
        guard let directory = getcwd(nil, 0) else { return nil }
        defer { free(directory) }
        return FilePath(String(cString: directory)).pushing(path)
    }
}

extension ELFImage {
    /// Whether the other one has the same headers, and as many bytes.
    fileprivate func isTwin(of other: ELFImage) -> Bool {
        file.bytes.byteCount == other.file.bytes.byteCount && segments == other.segments
            && sections == other.sections
    }
}
