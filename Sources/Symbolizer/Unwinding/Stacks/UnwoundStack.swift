/// The frames of a thread's stack, and why there are no more.
package struct UnwoundStack: Equatable, Sendable {
    /// One frame.
    package struct Frame: Equatable, Sendable {
        /// The address to look up: of the instruction that was interrupted, or of the last byte of
        /// the call that has not returned.
        package let address: Address
        /// Whether the frame was found by a frame pointer alone.
        package let isByFramePointer: Bool
    }

    /// Why a stack has no further frame.
    package enum End: Equatable, Sendable {
        /// The outermost frame is there.
        case complete
        /// There are more frames than are asked for.
        case tooDeep
        /// A part of the stack that is needed was not copied.
        case unreadable
        /// An address is in no code that is known.
        case unmapped
        /// The code's table is not there, for a reason of the caller's.
        case noTable
        /// The code has no unwind information.
        case noInformation
        /// The code's unwind information is not followed.
        case unsupported(UnsupportedUnwindRule)
        /// A rule needs a register whose value was lost on the way.
        case lostRegister
        /// A rule leads to the same place, or back.
        case notAdvancing
        /// Generated code, whose frame pointer leads nowhere.
        case generatedCode
        /// Code of an image without unwind information, whose frame pointer leads nowhere.
        case noFramePointer
    }

    /// The frames, the innermost first.
    package internal(set) var frames: [Frame] = []
    /// Why there are no more.
    package internal(set) var end = End.complete
}
