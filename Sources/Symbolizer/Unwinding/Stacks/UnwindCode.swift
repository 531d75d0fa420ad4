/// What an unwinder knows about the code at an address.
package enum UnwindCode: Sendable {
    /// Code of an image, with its table; the bias is what is taken from an address of the process
    /// to get one of the image.
    case image(UnwindTable, bias: UInt64)
    /// Code of an image that has no unwind information at all: frame pointers have to do.
    case bareImage
    /// Code that was generated at run time: frame pointers have to do.
    case generated
    /// Code whose table is not there.
    case withoutTable
    /// No code that is known.
    case unmapped
}
