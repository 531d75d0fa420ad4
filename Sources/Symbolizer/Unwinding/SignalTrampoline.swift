internal import Bytes

/// The code that signal handlers return to: it calls `rt_sigreturn`, and the kernel's `ucontext`
/// is on the stack.
enum SignalTrampoline {
    /// `mov $15, %rax; syscall`, and the shorter `mov $15, %eax; syscall`.
    private static let codes: [[UInt8]] = [
        [0x48, 0xc7, 0xc0, 0x0f, 0x00, 0x00, 0x00, 0x0f, 0x05],
        [0xb8, 0x0f, 0x00, 0x00, 0x00, 0x0f, 0x05],
    ]

    /// The fewest bytes such code has.
    static let shortest: UInt64 = 7
    /// A function with more bytes than this does something else.
    static let longest: UInt64 = 32

    /// Where the first such code is in a part of an image, if there is one.
    static func find(in range: Range<UInt64>, of image: ELFImage) -> Range<UInt64>? {
        guard let offset = image.fileOffset(of: Address(range.lowerBound)),
            let bytes = try? image.file.bytes.slice(
                at: offset.rawValue, count: range.upperBound - range.lowerBound)
        else { return nil }
        for code in codes {
            guard let place = bytes.firstOffset(of: code.span.bytes) else { continue }
            let start = range.lowerBound + UInt64(place)
            return start..<start + UInt64(code.count)
        }
        return nil
    }

    /// Whether a state says that the registers are in a `ucontext` at the stack pointer
    /// (`struct rt_sigframe` of arch/x86/include/asm/sigframe.h).
    static func describes(_ state: CallFrameState, in bytes: RawSpan) -> Bool {
        guard case .expression(let cfa) = state.cfa,
            case .atExpression(let returnAddress) = state.returnAddress
        else { return false }
        return CallFrameExpression(parsing: bytes.extracting(cfa))
            == .dereferenced(7, offset: 160, added: 0)
            && CallFrameExpression(parsing: bytes.extracting(returnAddress))
                == .register(7, offset: 168)
    }
}
