internal import SystemPackage

/// Names the addresses of processes and files.
package struct Symbolizer: Sendable {
    /// The images it opened.
    package let images: ImageCache

    private let seen = SeenImages()
    let codes = ProcessCodes()

    /// Makes a symbolizer.
    ///
    /// - Parameter images: The images opened before, to open none twice.
    package init(images: ImageCache = ImageCache()) {
        self.images = images
    }

    /// Opens the images of a process, so that its addresses can be named after it has exited.
    package func load(_ snapshot: ProcessSnapshot) {
        for image in snapshot.images { _ = loaded(image, of: snapshot.process) }
        codes.code(of: snapshot).update(snapshot)
    }

    /// The name of an address of a process.
    package func frame(for address: Address, in snapshot: ProcessSnapshot) -> ResolvedFrame {
        guard let mapping = snapshot.mapping(of: address) else {
            return frame(ofGenerated: address, in: snapshot, module: nil, or: .notMapped)
        }
        if mapping.kind == .vdso, let vdso = codes.code(of: snapshot).vdso {
            let offset = FileOffset(address.rawValue - mapping.start.rawValue)
            return frame(for: offset, in: vdso, at: address, path: mapping.path)
        }
        let module = mapping.path.isEmpty ? nil : mapping.path
        guard let (image, offset) = snapshot.location(of: address) else {
            let reason: UnknownReason = mapping.kind == .file ? .notCode : .noFile
            guard reason == .noFile else { return frame(address, module: module, reason) }
            return frame(ofGenerated: address, in: snapshot, module: module, or: reason)
        }
        switch loaded(image, of: snapshot.process) {
        case .success(let loaded):
            return frame(for: offset, in: loaded, at: address, path: image.path)
        case .failure(let error):
            // A JIT compiler's memory can be a file without being an image (memfd_create(2)).
            return frame(
                ofGenerated: address, in: snapshot, module: module,
                or: .unreadableImage(error.description))
        }
    }

    /// The name of a place in the file of an image.
    package func frame(for offset: FileOffset, in image: LoadedImage) -> ResolvedFrame {
        let address = image.image.address(of: offset) ?? Address(0)
        return frame(for: offset, in: image, at: address, path: image.image.name)
    }

    private func frame(
        for offset: FileOffset, in loaded: LoadedImage, at address: Address, path: String
    ) -> ResolvedFrame {
        var name = ResolvedFrame.Name.unknown(.notCode)
        if let place = loaded.image.address(of: offset) {
            switch loaded.lookup(place) {
            case .function(let function, let distance):
                name = .function(function, offset: distance)
            case .unknown(let reason):
                name = .unknown(reason)
            }
        }
        return ResolvedFrame(address: address, modulePath: path, fileOffset: offset, name: name)
    }

    private func frame(
        _ address: Address, module: String?, _ reason: UnknownReason
    ) -> ResolvedFrame {
        ResolvedFrame(
            address: address, modulePath: module, fileOffset: nil, name: .unknown(reason))
    }

    func loaded(
        _ image: MappedImage, of process: ProcessInfo
    ) -> Result<LoadedImage, ELFError> {
        seen.image(image, of: process) { () throws(ELFError) in
            guard let path = image.openPath else {
                throw ELFError(file: image.path, reason: .unreadable(.noSuchFileOrDirectory))
            }
            let root = FilePath("/proc/\(process.id)/root")
            let place = ImagePlace(root: root, path: FilePath(image.path))
            let loaded = try images.image(at: path, name: image.path, place: place)
            loaded.openDebugFiles()
            return loaded
        }
    }
}
