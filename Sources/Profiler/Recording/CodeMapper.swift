internal import Symbolizer

/// Finds out what code a process has where.
struct CodeMapper {
    private let symbolizer: Symbolizer

    init(symbolizer: Symbolizer) {
        self.symbolizer = symbolizer
    }

    /// The code of a process, in the order of the addresses.
    ///
    /// - Parameters:
    ///   - snapshot: The process.
    ///   - images: The images met so far; new ones are added.
    ///   - onNew: Called for each image that is added, with the image if it can be read.
    /// - Returns: The mappings that hold code.
    func mappings(
        of snapshot: ProcessSnapshot, images: inout RecordedImages,
        onNew: (ImageNumber, ELFImage?) -> Void
    ) -> [CodeMapping] {
        var mappings: [CodeMapping] = []
        for mapping in snapshot.mappings where mapping.permissions.contains(.execute) {
            guard let content = content(of: mapping, snapshot, &images, onNew) else { continue }
            mappings.append(
                CodeMapping(start: mapping.start, end: mapping.end, content: content))
        }
        return mappings
    }

    private func content(
        of mapping: ProcessMapping, _ snapshot: ProcessSnapshot, _ images: inout RecordedImages,
        _ onNew: (ImageNumber, ELFImage?) -> Void
    ) -> CodeMapping.Content? {
        switch mapping.kind {
        case .vsyscall, .uprobes: return nil
        case .vdso:
            guard let (number, isNew) = images.number(ofVDSO: { snapshot.readVDSO() }) else {
                return nil
            }
            if isNew { onNew(number, images[number]?.loaded?.image) }
            return .image(number, bias: mapping.start.rawValue)
        case .file:
            guard let (image, _) = snapshot.location(of: mapping.start) else { return .generated }
            return content(of: image, in: mapping, snapshot, &images, onNew)
        default: return .generated
        }
    }

    private func content(
        of image: MappedImage, in mapping: ProcessMapping, _ snapshot: ProcessSnapshot,
        _ images: inout RecordedImages, _ onNew: (ImageNumber, ELFImage?) -> Void
    ) -> CodeMapping.Content? {
        switch symbolizer.loaded(image, of: snapshot.process) {
        case .success(let loaded):
            // Code in a part of the file that is no code of the image was put there by something else.
            guard let bias = image.loadBias(of: loaded.image, in: mapping) else {
                return .generated
            }
            guard let (number, isNew) = images.number(of: loaded, path: image.path) else {
                return nil
            }
            if isNew { onNew(number, loaded.image) }
            return .image(number, bias: bias)
        case .failure(let error):
            // JIT compilers map files of their own making.
            if !error.isUnreadable { return .generated }
            guard let (number, isNew) = images.number(ofUnreadable: image.path) else { return nil }
            if isNew { onNew(number, nil) }
            return .image(number, bias: mapping.start.rawValue &- mapping.offset.rawValue)
        }
    }
}

extension ELFError {
    /// Whether the file, rather than what is in it, is the reason.
    fileprivate var isUnreadable: Bool {
        if case .unreadable = reason { true } else { false }
    }
}
