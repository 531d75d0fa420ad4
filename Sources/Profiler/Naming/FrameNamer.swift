internal import Report
internal import Symbolizer

/// Names the frames of stacks.
struct FrameNamer {
    private let symbolizer: Symbolizer
    private let withInlines: Bool
    private var known: [StackFrame: [Frame]]
    private var knownInProcess: [ProcessID: [StackFrame: [Frame]]] = [:]

    /// Names frames.
    ///
    /// - Parameters:
    ///   - symbolizer: Has opened the images.
    ///   - withInlines: Whether functions that were inlined are frames.
    ///   - known: The names of frames in images, as far as they are known.
    init(symbolizer: Symbolizer, withInlines: Bool = true, known: [StackFrame: [Frame]] = [:]) {
        self.symbolizer = symbolizer
        self.withInlines = withInlines
        self.known = known
    }

    /// The frames of a stack, root first, inlined functions among them, with the reason where the
    /// root is missing.
    ///
    /// - Parameters:
    ///   - stack: The stack.
    ///   - process: Whose it is.
    ///   - snapshot: The memory of the process, as far as it is known.
    ///   - images: All images met.
    /// - Returns: The frames; the stack may be without any.
    mutating func frames(
        of stack: SampledStack, process: ProcessID, snapshot: ProcessSnapshot?,
        images: RecordedImages
    ) -> [Frame] {
        var frames: [Frame] = []
        if let reason = Self.truncation(stack.end, behind: stack.frames.last, images: images) {
            frames.append(.truncated(reason))
        }
        for frame in stack.frames.reversed() {
            frames += self.frames(of: frame, process: process, snapshot: snapshot, images: images)
        }
        return frames
    }

    /// The function of a frame and those that were inlined into it there, root first.
    mutating func frames(
        of frame: StackFrame, process: ProcessID, snapshot: ProcessSnapshot?,
        images: RecordedImages
    ) -> [Frame] {
        switch frame.place {
        case .image(let number, let address):
            imageFrames(frame, number, address, images)
        case .unmapped(let address):
            processFrames(frame, address, process, snapshot, kind: .user)
        case .generated(let address):
            processFrames(frame, address, process, snapshot, kind: .jit)
        }
    }

    /// Why a stack has no callers behind its last frame, with the module where that says more.
    static func truncation(
        _ end: StackEnd, behind last: StackFrame?, images: RecordedImages
    ) -> String? {
        guard let reason = end.reason else { return nil }
        guard end.concernsModule, case .image(let number, _)? = last?.place,
            let module = images[number]?.module
        else { return reason }
        return "\(reason) in \(module)"
    }

    private mutating func imageFrames(
        _ frame: StackFrame, _ number: ImageNumber, _ address: Address, _ images: RecordedImages
    ) -> [Frame] {
        if let found = known[frame] { return found }
        guard let image = images[number] else { return [Frame("[unknown]")] }
        let made = ImageFrame(frame: frame, address: address, image: image)
            .named(withInlines: withInlines)
        known[frame] = made
        return made
    }

    /// Frames that only their process can tell.
    private mutating func processFrames(
        _ frame: StackFrame, _ address: Address, _ process: ProcessID,
        _ snapshot: ProcessSnapshot?, kind: Frame.Kind
    ) -> [Frame] {
        if let found = knownInProcess[process]?[frame] { return found }
        var made = [Frame("[unknown]", kind: kind)]
        if let snapshot {
            let location = symbolizer.location(of: address, in: snapshot, inlines: withInlines)
            made = Frame.frames(at: location, kind: kind).map { $0.inModule(location.module ?? "") }
        }
        for index in made.indices { made[index].address = address.rawValue }
        knownInProcess[process, default: [:]][frame] = made
        return made
    }
}
