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
        placed(image.loaded?.frames(at: address, withInlines: withInlines).frames ?? [Frame("")])
    }

    /// Frames that were found at the address, with the place.
    func placed(_ found: [Frame]) -> [Frame] {
        let offset = image.loaded?.image.fileOffset(of: address)
        return found.map { frame in
            var frame = frame.inModule(image.module)
            guard let offset else { return frame }
            frame.address = address.rawValue
            frame.fileOffset = offset.rawValue
            frame.buildID = image.buildID
            return frame
        }
    }
}
