internal import Report
internal import Symbolizer

/// Names the frames of stacks.
struct StackNamer {
    private let symbolizer: Symbolizer
    private var known: [Key: Frame] = [:]

    private struct Key: Hashable {
        let process: ProcessID
        let address: Address
    }

    init(symbolizer: Symbolizer) {
        self.symbolizer = symbolizer
    }

    /// The frames of a call, root first, with the function itself as the leaf.
    mutating func frames(
        of stack: CallStack, function: FunctionProbe, in snapshot: ProcessSnapshot?,
        process: ProcessID
    ) -> [Frame] {
        var frames: [Frame] = []
        if let end = Self.truncation(stack.end) { frames.append(.truncated(end)) }
        for caller in stack.callers.reversed() {
            frames.append(frame(for: caller, in: snapshot, process: process))
        }
        frames.append(Frame(function.name, module: function.module))
        return frames
    }

    private mutating func frame(
        for returnAddress: Address, in snapshot: ProcessSnapshot?, process: ProcessID
    ) -> Frame {
        let key = Key(process: process, address: returnAddress)
        if let frame = known[key] { return frame }
        guard let snapshot else { return Frame("[unknown]") }
        // A return address can be the first byte of the next function: the call is before it.
        let call = Address(returnAddress.rawValue &- 1)
        let resolved = symbolizer.frame(for: call, in: snapshot)
        let frame = Frame(Self.name(of: resolved), module: resolved.module ?? "")
        known[key] = frame
        return frame
    }

    /// The function's name without parameters, or where the address is.
    static func name(of frame: ResolvedFrame) -> String {
        switch frame.name {
        case .function(let function, _):
            return Demangler.baseName(function.name) ?? function.name
        case .unknown:
            guard let module = frame.module else { return "[unknown]" }
            return "[unknown in \(module)]"
        }
    }

    private static func truncation(_ end: CallStack.End) -> String? {
        switch end {
        case .complete: nil
        case .noFramePointer: "no frame pointer"
        case .unreadable: "stack not readable"
        case .tooDeep: "deeper than 127 callers"
        case .trampoline: "return probe of another tool"
        }
    }
}
