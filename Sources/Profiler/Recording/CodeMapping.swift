internal import Symbolizer

/// A range of a process's memory that holds code.
struct CodeMapping: Sendable, Equatable {
    /// What is there.
    enum Content: Sendable, Equatable {
        /// An image. The bias is what is taken from an address of the process to get one in the
        /// image's own terms.
        case image(ImageNumber, bias: UInt64)
        /// Code that was generated at run time: it is unwound by frame pointers.
        case generated
    }

    /// The first address.
    let start: Address
    /// The first address behind it.
    let end: Address
    /// What is there.
    let content: Content
}
