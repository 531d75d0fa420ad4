internal import Report
internal import Symbolizer

/// The frames of an address, as the image and its debug files tell them: nothing of the place, and no name
/// where none is known.
struct FoundFrames {
    /// The function and those that were inlined into it, root first.
    var frames = [Frame("")]
    /// The addresses around that have the same frames; none if that is not known.
    var extent: Range<UInt64> = 0..<0
    /// Where the function starts, if it is known.
    var functionStart: UInt64?
    /// Whether it is a stub of a linkage table.
    var isLinkageStub = false
}

extension LoadedImage {
    /// Looks up the frames of an address.
    func frames(at address: Address, withInlines: Bool) -> FoundFrames {
        guard let offset = image.fileOffset(of: address), let place = image.address(of: offset)
        else { return FoundFrames() }
        var extent = Range.everywhere
        let location = location(of: place, inlines: withInlines, &extent)
        let frames = Frame.frames(at: location)
        guard place == address else { return FoundFrames(frames: frames) }
        let start = location.frames.last?.offset.map { address.rawValue - $0 }
        return FoundFrames(
            frames: frames, extent: extent, functionStart: start,
            isLinkageStub: location.unknownLine == .linkageTable)
    }
}
