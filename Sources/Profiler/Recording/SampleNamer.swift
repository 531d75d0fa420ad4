internal import Report
internal import Symbolizer

/// Names the frames of sampled stacks.
struct SampleNamer {
    private let images: RecordedImages
    private let processes: [ProcessID: RecordedProcess]
    private let kernel: KernelSymbols?
    private var namer: FrameNamer
    private var knownInKernel: [Address: Frame] = [:]

    /// - Parameters:
    ///   - symbolizer: Has opened the images.
    ///   - images: All images met.
    ///   - processes: All processes met, those that have ended too.
    ///   - kernel: The kernel's symbols; its frames are unknown without.
    ///   - withInlines: Whether functions that were inlined are frames.
    init(
        symbolizer: Symbolizer, images: RecordedImages,
        processes: [ProcessID: RecordedProcess], kernel: KernelSymbols?,
        withInlines: Bool
    ) {
        namer = FrameNamer(symbolizer: symbolizer, withInlines: withInlines)
        self.images = images
        self.processes = processes
        self.kernel = kernel
    }

    /// The frames of a sample, root first: the thread's name, the user's and the kernel's.
    mutating func frames(
        of key: SampleTotals.Key, stack: SampledStack, kernelStack: [Address]
    ) -> [Frame] {
        var frames = [Frame(key.command.isEmpty ? "[unknown]" : key.command)]
        frames += namer.frames(
            of: stack, process: key.process, snapshot: processes[key.process]?.snapshot,
            images: images)
        var inKernel = kernelStack.map { kernelFrame(at: $0) }
        if key.isOffCPU { Self.dropTracing(&inKernel) }
        return frames + inKernel.reversed()
    }

    private mutating func kernelFrame(at address: Address) -> Frame {
        if let found = knownInKernel[address] { return found }
        var made = Frame("[unknown]", module: "[kernel]", kind: .kernel)
        if let resolved = kernel?.frame(for: address),
            case .function(let function, _) = resolved.name
        {
            made = Frame(function.name, module: resolved.module ?? "", kind: .kernel)
        }
        made.address = address.rawValue
        knownInKernel[address] = made
        return made
    }

    /// Leaves out what the kernel did to have the program run that took the stack at a switch.
    private static func dropTracing(_ frames: inout [Frame]) {
        guard let index = frames.prefix(16).firstIndex(where: { $0.name == "__schedule" })
        else {
            return
        }
        frames.removeFirst(index)
    }
}
