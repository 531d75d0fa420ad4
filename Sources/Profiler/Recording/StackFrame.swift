internal import CUprofABI
internal import Symbolizer

/// A frame of a sampled stack, as `struct uprof_stack` has it: independent of the process, but for
/// code that is in no image.
struct StackFrame: Hashable, Sendable {
    let rawValue: UInt64

    /// Where a frame is.
    enum Place: Hashable, Sendable {
        /// At an address in an image's own terms.
        case image(ImageNumber, Address)
        /// At an address of the process where no image is known.
        case unmapped(Address)
        /// At an address of the process in generated code.
        case generated(Address)
    }

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The frame at a place.
    init(_ place: Place) {
        let shift = UInt64(UPROF_FRAME_IMAGE_SHIFT)
        let mask = UInt64(1) << shift - 1
        switch place {
        case .image(let image, let address):
            rawValue = UInt64(image.rawValue) << shift | address.rawValue & mask
        case .unmapped(let address): rawValue = address.rawValue & mask
        case .generated(let address):
            rawValue = UInt64(UPROF_IMAGE_JIT) << shift | address.rawValue & mask
        }
    }

    /// Whether it is in an image, which names it without the process.
    var isInImage: Bool {
        let image = rawValue >> UInt64(UPROF_FRAME_IMAGE_SHIFT)
        return image != 0 && image != UInt64(UPROF_IMAGE_JIT)
    }

    /// Where it is.
    var place: Place {
        let shift = UInt64(UPROF_FRAME_IMAGE_SHIFT)
        let address = Address(rawValue & (1 << shift - 1))
        switch rawValue >> shift {
        case 0: return .unmapped(address)
        case UInt64(UPROF_IMAGE_JIT): return .generated(address)
        default: return .image(ImageNumber(UInt16(truncatingIfNeeded: rawValue >> shift)), address)
        }
    }
}
