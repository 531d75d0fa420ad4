internal import Synchronization

/// The images of the processes seen, which outlive the paths they were opened through.
final class SeenImages: Sendable {
    /// The process is part of it: once it has exited, the file system may give the number of
    /// a deleted file to another one.
    private struct Key: Hashable {
        var process: ProcessID
        var startTime: UInt64
        var file: FileIdentity
    }

    private let images = Mutex<[Key: Result<LoadedImage, ELFError>]>([:])

    /// The image opened for a mapped one before, or else now.
    func image(
        _ mapped: MappedImage, of process: ProcessInfo, open: () throws(ELFError) -> LoadedImage
    ) -> Result<LoadedImage, ELFError> {
        let key = Key(process: process.id, startTime: process.startTime, file: mapped.file)
        if let known = images.withLock({ $0[key] }) { return known }
        let opened = Result(catching: open)
        return images.withLock { images in
            let kept = images[key] ?? opened
            images[key] = kept
            return kept
        }
    }
}
