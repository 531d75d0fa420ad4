internal import Symbolizer

/// The callers of a probed function as the kernel side found them.
struct CallStack: Equatable, Sendable {
    /// Return addresses, innermost first.
    var callers: [Address]
    /// Why there is no further caller.
    var end: End

    /// Why a stack has no further caller. Source: `enum uprof_stack_end`.
    enum End: UInt32, Sendable {
        case complete = 0
        case noFramePointer = 1
        case unreadable = 2
        case tooDeep = 3
        case trampoline = 4
    }
}

extension CallStack {
    /// Reads a `struct uprof_stack` with its frames.
    init?(bytes: RawSpan) {
        guard bytes.byteCount >= 8 else { return nil }
        let count = Int(bytes.unsafeLoadUnaligned(as: UInt32.self))
        let end = bytes.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt32.self)
        guard count <= (bytes.byteCount - 8) / 8, let end = End(rawValue: end) else { return nil }
        callers = (0..<count).map { index in
            Address(bytes.unsafeLoadUnaligned(fromByteOffset: 8 + 8 * index, as: UInt64.self))
        }
        self.end = end
    }
}
