internal import Report
internal import Symbolizer

/// A frame in an image, with the image: all it takes to name it, which gives the same names at any
/// time and on any thread.
struct ImageFrame: Sendable {
    /// The frame.
    let frame: StackFrame
    /// Where it is, in the image's own terms.
    let address: Address
    /// The image.
    let image: RecordedImages.Image

    /// Names the function and, if they are wanted, those that were inlined into it there, root first.
    func named(withInlines: Bool) -> [Frame] {
        let module = String(image.path.split(separator: "/").last ?? "")
        guard let loaded = image.loaded, let offset = loaded.image.fileOffset(of: address) else {
            return [Frame("[unknown in \(module)]", module: module)]
        }
        let location = loaded.location(of: offset, inlines: withInlines)
        var frames = Frame.frames(at: location, module: module)
        let buildID = loaded.image.buildID?.description ?? ""
        for index in frames.indices {
            frames[index].address = address.rawValue
            frames[index].fileOffset = offset.rawValue
            frames[index].buildID = buildID
        }
        return frames
    }
}
