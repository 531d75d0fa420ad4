internal import CUprofABI
internal import Symbolizer

/// The stacks that BPF programs tell of, which may do so more than once.
final class ArrivingStacks {
    private var known = WordNumbers()
    private var stacks: [(hash: UInt64, stack: SampledStack)] = []
    private var kernelStacks: [(hash: UInt64, frames: [Address])] = []

    /// Adds a stack.
    ///
    /// - Parameter event: A `struct uprof_new_stack` with its frames.
    func add(event: RawSpan) {
        let start = MemoryLayout<uprof_new_stack>.size - MemoryLayout<uprof_stack>.size
        guard event.byteCount > start else { return }
        let hash = event.unsafeLoadUnaligned(as: UInt64.self)
        add(event.extracting(droppingFirst: start), hash: hash)
    }

    /// Adds a stack.
    ///
    /// - Parameters:
    ///   - bytes: A `struct uprof_stack` with its frames.
    ///   - hash: The hash it is known by.
    func add(_ bytes: RawSpan, hash: UInt64) {
        guard known.find(hash) == nil else { return }
        _ = known.number(of: hash)
        if SampledStack.isKernels(bytes) {
            guard let frames = SampledStack.frames(of: bytes, as: { Address($0) }) else { return }
            kernelStacks.append((hash, frames))
        } else if let stack = SampledStack(bytes: bytes) {
            stacks.append((hash, stack))
        }
    }

    /// Hands over what has arrived.
    func take(into totals: inout SampleTotals) {
        for (hash, stack) in stacks { totals.keep(stack, hash: hash) }
        for (hash, frames) in kernelStacks { totals.keep(kernelStack: frames, hash: hash) }
        stacks.removeAll(keepingCapacity: true)
        kernelStacks.removeAll(keepingCapacity: true)
    }
}
