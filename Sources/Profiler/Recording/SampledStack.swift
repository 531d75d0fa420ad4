internal import CUprofABI
internal import Symbolizer

/// The user's part of a stack.
struct SampledStack: Sendable, Hashable {
    /// The frames, innermost first: the leaf's address, and those before the return addresses.
    var frames: [StackFrame]
    /// Why there is no further caller.
    var end: StackEnd
    /// Which rule is not supported, by its number; only where that is the end.
    var detail: UInt8 = 0
    /// Whether a caller is by a frame pointer alone.
    var usesFramePointers = false

    /// Whether there are frames that only the process can tell the names of.
    var hasOwnCode: Bool {
        frames.contains { !$0.isInImage }
    }

    /// A stack without frames: of a thread that is in the kernel for good.
    static let empty = SampledStack(frames: [], end: .complete)
}

extension SampledStack {
    /// Reads a `struct uprof_stack` with its frames; nil if it is too short.
    init?(bytes: RawSpan) {
        guard let frames = Self.frames(of: bytes, as: { StackFrame(rawValue: $0) }) else {
            return nil
        }
        self.frames = frames
        let end = bytes.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt8.self)
        guard let end = StackEnd(rawValue: end) else { return nil }
        self.end = end
        detail = bytes.unsafeLoadUnaligned(fromByteOffset: 5, as: UInt8.self)
        let flags = bytes.unsafeLoadUnaligned(fromByteOffset: 6, as: UInt8.self)
        usesFramePointers = UInt32(flags) & UPROF_STACK_FRAME_POINTERS.rawValue != 0
    }

    /// Whether a `struct uprof_stack` is the kernel's part of a stack, whose frames are plain addresses.
    static func isKernels(_ bytes: RawSpan) -> Bool {
        guard bytes.byteCount >= MemoryLayout<uprof_stack>.size else { return false }
        let flags = bytes.unsafeLoadUnaligned(fromByteOffset: 6, as: UInt8.self)
        return UInt32(flags) & UPROF_STACK_KERNEL.rawValue != 0
    }

    /// The frames of a `struct uprof_stack`, made of the words there; nil if it is too short.
    static func frames<Frame>(of bytes: RawSpan, as make: (UInt64) -> Frame) -> [Frame]? {
        let header = MemoryLayout<uprof_stack>.size
        guard bytes.byteCount >= header else { return nil }
        let count = Int(bytes.unsafeLoadUnaligned(as: UInt32.self))
        guard count <= (bytes.byteCount - header) / 8 else { return nil }
        return (0..<count).map { index in
            make(bytes.unsafeLoadUnaligned(fromByteOffset: header + 8 * index, as: UInt64.self))
        }
    }
}
