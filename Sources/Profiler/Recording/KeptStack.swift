/// The user's part of a stack as it is kept until the end: the same frames in many stacks are only numbers.
struct KeptStack {
    /// Where the numbers of its frames are among those of all stacks, innermost first.
    var frames: Range<Int>
    /// Why there is no further caller.
    var end: StackEnd
    /// Whether a caller is by a frame pointer alone.
    var usesFramePointers: Bool
    /// Whether there are frames that only the process can tell the names of.
    var hasOwnCode: Bool
}
