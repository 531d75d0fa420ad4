internal import Cache
internal import Report
internal import Symbolizer
internal import Synchronization

/// Names frames, and keeps the names from one run to the next: most of what a program does, it did the
/// last time too.
final class KnownFrames: Sendable {
    private let cache: DiskCache?
    private let withInlines: Bool
    private let images = Mutex<[ObjectIdentifier: KnownImage]>([:])

    /// - Parameters:
    ///   - withInlines: Whether functions that were inlined are frames.
    ///   - cache: Where names are looked for, and kept.
    init(withInlines: Bool, cache: DiskCache?) {
        self.withInlines = withInlines
        self.cache = cache
    }

    /// The function of a frame and those that were inlined into it there, root first.
    func frames(of frame: ImageFrame) -> [Frame] {
        guard let cache, let loaded = frame.image.loaded else {
            return frame.named(withInlines: withInlines)
        }
        let number = ObjectIdentifier(loaded)
        let known = images.withLock { images in
            if images[number] == nil {
                images[number] = KnownImage(loaded, withInlines: withInlines, cache: cache)
            }
            return images[number]?.frames(at: frame.address) ?? []
        }
        return frame.placed(known)
    }

    /// Keeps what was looked up.
    func keep() {
        guard let cache else { return }
        for image in images.withLock({ Array($0.values) }) { image.keep(in: cache) }
    }
}
