internal import Symbolizer

/// The frames that have come up in stacks since they were last taken, each one once.
struct NewFrames {
    private var seen: Set<StackFrame> = []
    private var seenInKernel: Set<Address> = []
    private var frames: [StackFrame] = []
    private var kernelAddresses: [Address] = []

    /// Looks through a stack.
    mutating func note(_ stack: SampledStack) {
        for frame in stack.frames where seen.insert(frame).inserted { frames.append(frame) }
    }

    /// Looks through the kernel's part of a stack.
    mutating func note(kernelStack: [Address]) {
        for address in kernelStack where seenInKernel.insert(address).inserted {
            kernelAddresses.append(address)
        }
    }

    /// Takes the frames of users' parts.
    mutating func takeFrames() -> [StackFrame] {
        defer { frames = [] }
        return frames
    }

    /// Takes the addresses of the kernel.
    mutating func takeKernelAddresses() -> [Address] {
        defer { kernelAddresses = [] }
        return kernelAddresses
    }
}
