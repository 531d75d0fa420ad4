internal import Report
internal import Symbolizer

/// Names the frames of sampled stacks.
struct SampleNamer {
    private let symbolizer: Symbolizer
    private let images: RecordedImages
    private let processes: [ProcessID: RecordedProcess]
    private let kernel: KernelSymbols?
    private var known: [StackFrame: Frame] = [:]
    private var knownInProcess: [ProcessID: [StackFrame: Frame]] = [:]
    private var knownInKernel: [Address: Frame] = [:]

    /// - Parameters:
    ///   - symbolizer: Has opened the images.
    ///   - images: All images met.
    ///   - processes: All processes met, those that have ended too.
    ///   - kernel: The kernel's symbols; its frames are unknown without.
    init(
        symbolizer: Symbolizer, images: RecordedImages,
        processes: [ProcessID: RecordedProcess], kernel: KernelSymbols?
    ) {
        self.symbolizer = symbolizer
        self.images = images
        self.processes = processes
        self.kernel = kernel
    }

    /// The frames of a sample, root first: the thread's name, the user's and the kernel's.
    mutating func frames(
        of key: SampleTotals.Key, stack: SampledStack, kernelStack: [Address]
    ) -> [Frame] {
        var frames = [Frame(key.command.isEmpty ? "[unknown]" : key.command)]
        if let reason = truncation(of: stack) { frames.append(.truncated(reason)) }
        for place in stack.frames.reversed() { frames.append(frame(at: place, of: key.process)) }
        var inKernel = kernelStack.map { kernelFrame(at: $0) }
        if key.isOffCPU { Self.dropTracing(&inKernel) }
        return frames + inKernel.reversed()
    }

    /// Why the stack has no further callers, with the module where that says more.
    private func truncation(of stack: SampledStack) -> String? {
        guard let reason = stack.end.reason else { return nil }
        guard stack.end.concernsModule, case .image(let number, _)? = stack.frames.last?.place,
            let path = images[number]?.path
        else { return reason }
        let name = path.split(separator: "/").last ?? ""
        return "\(reason) in \(name)"
    }

    private mutating func frame(at frame: StackFrame, of process: ProcessID) -> Frame {
        switch frame.place {
        case .image(let number, let address):
            if let found = known[frame] { return found }
            let made = imageFrame(number, address)
            known[frame] = made
            return made
        case .unmapped(let address):
            return processFrame(frame, address, process, kind: .user)
        case .generated(let address):
            return processFrame(frame, address, process, kind: .jit)
        }
    }

    private func imageFrame(_ number: ImageNumber, _ address: Address) -> Frame {
        guard let image = images[number] else { return Frame("[unknown]") }
        let module = String(image.path.split(separator: "/").last ?? "")
        guard let loaded = image.loaded, let offset = loaded.image.fileOffset(of: address) else {
            return Frame("[unknown in \(module)]", module: module)
        }
        let resolved = symbolizer.frame(for: offset, in: loaded)
        var frame = Frame(StackNamer.name(of: resolved), module: module)
        frame.address = address.rawValue
        frame.fileOffset = offset.rawValue
        frame.buildID = loaded.image.buildID?.description ?? ""
        return frame
    }

    /// A frame that only its process can tell.
    private mutating func processFrame(
        _ frame: StackFrame, _ address: Address, _ process: ProcessID, kind: Frame.Kind
    ) -> Frame {
        if let found = knownInProcess[process]?[frame] { return found }
        var made = Frame("[unknown]", kind: kind)
        if let snapshot = processes[process]?.snapshot {
            let resolved = symbolizer.frame(for: address, in: snapshot)
            made = Frame(StackNamer.name(of: resolved), module: resolved.module ?? "", kind: kind)
        }
        if kind == .jit { made.name += "_[j]" }
        made.address = address.rawValue
        knownInProcess[process, default: [:]][frame] = made
        return made
    }

    private mutating func kernelFrame(at address: Address) -> Frame {
        if let found = knownInKernel[address] { return found }
        var made = Frame("[unknown]_[k]", module: "[kernel]", kind: .kernel)
        if let resolved = kernel?.frame(for: address),
            case .function(let function, _) = resolved.name
        {
            made = Frame("\(function.name)_[k]", module: resolved.module ?? "", kind: .kernel)
        }
        made.address = address.rawValue
        knownInKernel[address] = made
        return made
    }

    /// Leaves out what the kernel did to have the program run that took the stack at a switch.
    private static func dropTracing(_ frames: inout [Frame]) {
        guard let index = frames.prefix(16).firstIndex(where: { $0.name == "__schedule_[k]" })
        else {
            return
        }
        frames.removeFirst(index)
    }
}
