internal import Bytes
internal import Cache
internal import Report
internal import Symbolizer
internal import Synchronization

/// Names frames, and keeps the names from one run to the next: most of what a program does, it did the
/// last time too.
final class KnownFrames: Sendable {
    private let cache: DiskCache?
    private let withInlines: Bool
    private let images = Mutex<[ObjectIdentifier: Image]>([:])

    /// What is known of an image.
    private struct Image {
        var loaded: LoadedImage
        /// The debug files that its names are from; nil if that cannot be told.
        var versions: [FileVersion]?
        var key: CacheKey?
        var kept: FrameNames?
        /// What is not kept yet.
        var new: [Address: [Frame]] = [:]
    }

    /// How many addresses of one image are kept.
    private static let most = 1 << 16

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
        return images.withLock { images in
            let number = ObjectIdentifier(loaded)
            if images[number] == nil { images[number] = open(loaded, cache) }
            if let known = images[number]?.kept?.frames(at: frame.address) {
                return frame.placed(known)
            }
            let found = frame.found(withInlines: withInlines)
            if images[number]?.key != nil { images[number]?.new[frame.address] = found }
            return frame.placed(found)
        }
    }

    private func open(_ loaded: LoadedImage, _ cache: DiskCache) -> Image {
        var image = Image(loaded: loaded)
        guard let versions = loaded.debugFileVersions,
            let key = loaded.image.cacheKey(of: withInlines ? "frames" : "functions")
        else { return image }
        image.versions = versions
        image.key = key
        image.kept = cache.bytes(of: key).flatMap { FrameNames($0, of: versions) }
        return image
    }

    /// Keeps what was named, of images of which that is much: to write the same again takes longer
    /// than to name a little.
    func keep() {
        guard let cache else { return }
        for image in images.withLock({ $0.values }) {
            let before = image.kept?.count ?? 0
            guard let key = image.key, let versions = image.versions, image.new.count > before / 8,
                !image.loaded.hasSplitDebugInformation
            else { continue }
            var frames = image.new
            if let kept = image.kept, before + frames.count <= Self.most {
                frames.merge(kept.all.map { ($0.address, $0.frames) }) { new, _ in new }
            }
            cache.keep(FrameNames.encoded(frames, of: versions).span.bytes, of: key)
        }
    }
}
