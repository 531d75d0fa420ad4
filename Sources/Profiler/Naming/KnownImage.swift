internal import Bytes
internal import Cache
internal import Report
internal import Symbolizer

/// What is known of the frames of an image: what was kept, and what has been looked up since.
struct KnownImage: Sendable {
    private let loaded: LoadedImage
    private let withInlines: Bool
    /// The debug files that names are from, and what they are kept under; nil if that cannot be told.
    private let source: (versions: [FileVersion], key: CacheKey)?
    private let kept: FrameNames?
    private var found = FoundExtents()
    /// How many more look-ups there may be that nobody has asked for.
    private var mostAhead: Int

    /// How many extents of one image are kept.
    private static let most = 1 << 17
    /// How much of one function is looked up ahead: bytes of code.
    private static let longestFunction: UInt64 = 1 << 14

    /// Takes what a cache has of an image.
    ///
    /// - Parameters:
    ///   - loaded: The image.
    ///   - withInlines: Whether functions that were inlined are frames.
    ///   - cache: Where names are looked for.
    ///   - mostAhead: How many look-ups a run may make for the next one: they take some 20 ms and a few
    ///     megabytes, also of a program with a million functions.
    init(
        _ loaded: LoadedImage, withInlines: Bool, cache: DiskCache, mostAhead: Int = 1 << 13
    ) {
        self.loaded = loaded
        self.withInlines = withInlines
        self.mostAhead = mostAhead
        guard let versions = loaded.debugFileVersions,
            let key = loaded.image.cacheKey(of: withInlines ? "frames" : "functions")
        else {
            (source, kept) = (nil, nil)
            return
        }
        source = (versions, key)
        kept = cache.bytes(of: key).flatMap { FrameNames($0, of: versions) }
    }

    /// The frames at an address, root first.
    mutating func frames(at address: Address) -> [Frame] {
        let place = address.rawValue
        if let index = kept?.index(at: place), let frames = kept?.frames(index) { return frames }
        let page = found.page(of: place)
        if let index = page.index(at: place), let frames = page.frames(index) { return frames }
        let new = loaded.frames(at: address, withInlines: withInlines)
        guard source != nil, new.extent.contains(place) else { return new.frames }
        let isRepeated = isNextToSameFunction(place, new)
        add(new, at: place)
        if new.isLinkageStub {
            findAllStubs()
        } else if isRepeated, let start = new.functionStart {
            findAll(ofFunctionAt: start)
        }
        return new.frames
    }

    /// Whether other places in a function have been of interest: then more of them will be.
    private func isNextToSameFunction(_ place: UInt64, _ new: FoundFrames) -> Bool {
        guard let function = new.frames.first, !function.name.isEmpty else { return false }
        return found.page(of: place).isNextTo(function, place)
            || kept?.isNextTo(function, place) == true
    }

    /// Takes in what was looked up at a place.
    ///
    /// - Returns: The addresses that are known now.
    @discardableResult
    private mutating func add(_ new: FoundFrames, at place: UInt64) -> Range<UInt64> {
        let gap = kept?.gap(around: place) ?? .everywhere
        return found.add(new.frames, at: place, within: new.extent.clamped(to: gap))
    }

    /// Looks up all lines of a function: to open the debugging information the next time would take
    /// longer.
    private mutating func findAll(ofFunctionAt start: UInt64) {
        var place = start
        while place - start < Self.longestFunction {
            if let end = end(ofKnown: place) {
                place = end
                continue
            }
            guard mostAhead > 0 else { return }
            mostAhead -= 1
            let new = loaded.frames(at: Address(place), withInlines: withInlines)
            guard new.functionStart == start, new.extent.contains(place) else { return }
            let added = add(new, at: place)
            guard added.contains(place) else { return }
            place = added.upperBound
        }
    }

    /// Looks up all stubs of the linkage tables, which are known with the first one of them.
    private mutating func findAllStubs() {
        for address in loaded.linkageTables.addresses where end(ofKnown: address.rawValue) == nil {
            guard mostAhead > 0 else { return }
            mostAhead -= 1
            let new = loaded.frames(at: address, withInlines: withInlines)
            if new.extent.contains(address.rawValue) { add(new, at: address.rawValue) }
        }
    }

    /// Where the known extent ends that a place is in.
    private func end(ofKnown place: UInt64) -> UInt64? {
        if let index = kept?.index(at: place) { return kept?.extent(index).upperBound }
        let page = found.page(of: place)
        return page.index(at: place).map { page.extent($0).upperBound }
    }

    /// Keeps what was looked up.
    func keep(in cache: DiskCache) {
        guard let source, !found.isEmpty, !loaded.hasSplitDebugInformation else { return }
        let new = found.all
        let isTooMuch = (kept?.count ?? 0) + new.count > Self.most
        let bytes = FrameNames.encoded(new, after: isTooMuch ? nil : kept, of: source.versions)
        cache.keep(bytes.span.bytes, of: source.key)
    }
}
