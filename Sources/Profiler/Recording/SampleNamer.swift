internal import Report
internal import Symbolizer

/// Makes a profile of sampled stacks: names each frame once, and adds stacks by the numbers that frames
/// have in the profile.
struct SampleNamer {
    /// What has been added.
    private(set) var profile: StackProfile

    private let images: RecordedImages
    private let processes: [ProcessID: RecordedProcess]
    private let kernel: KernelNames
    private var namer: FrameNamer
    private var numbers: [StackFrame: [Int]] = [:]
    /// The users' parts of stacks by their hashes.
    private var stackNumbers: [UInt64: [Int]] = [:]
    private var kernelNumbers: [Address: Int] = [:]
    /// What samples of a thread's name and process have in common.
    private var threads: [Thread: (frame: Int, labels: Int)] = [:]

    private struct Thread: Hashable {
        var process: ProcessID
        var command: String
    }

    /// - Parameters:
    ///   - profile: What is added to.
    ///   - namer: Names the frames of the users' parts.
    ///   - kernel: Names those of the kernel's.
    ///   - images: All images met.
    ///   - processes: All processes met, those that have ended too.
    init(
        profile: StackProfile, namer: FrameNamer, kernel: KernelNames, images: RecordedImages,
        processes: [ProcessID: RecordedProcess]
    ) {
        self.profile = profile
        self.namer = namer
        self.kernel = kernel
        self.images = images
        self.processes = processes
    }

    /// Adds a stack: root first, the thread's name, the user's part and the kernel's.
    mutating func add(
        _ count: SampleTotals.Count, of key: SampleTotals.Key, stack: SampledStack,
        kernelStack: [Address]
    ) {
        let thread = thread(of: key)
        var numbers = [thread.frame]
        numbers += userNumbers(of: stack, key)
        var inKernel = kernelStack.map { kernelNumber(of: $0) }
        if key.isOffCPU { dropTracing(&inKernel) }
        numbers += inKernel.reversed()
        profile.add(
            stack: numbers, values: [count.samples, count.nanoseconds], labels: thread.labels)
    }

    private mutating func thread(of key: SampleTotals.Key) -> (frame: Int, labels: Int) {
        let thread = Thread(process: key.process, command: key.command)
        if let known = threads[thread] { return known }
        let made = (
            frame: profile.index(of: Frame(key.command.isEmpty ? "[unknown]" : key.command)),
            labels: profile.index(
                of: SampleLabels(process: key.process.rawValue, command: key.command))
        )
        threads[thread] = made
        return made
    }

    /// A stack whose frames are all in images is the same in all processes, and so is each of these.
    private mutating func userNumbers(of stack: SampledStack, _ key: SampleTotals.Key) -> [Int] {
        if let known = stackNumbers[key.stack] { return known }
        var numbers: [Int] = []
        if let reason = FrameNamer.truncation(of: stack, images: images) {
            numbers.append(profile.index(of: .truncated(reason)))
        }
        for frame in stack.frames.reversed() { numbers += userNumbers(of: frame, key.process) }
        if !stack.hasOwnCode { stackNumbers[key.stack] = numbers }
        return numbers
    }

    private mutating func userNumbers(of frame: StackFrame, _ process: ProcessID) -> [Int] {
        if let known = numbers[frame] { return known }
        let made = namer.frames(
            of: frame, process: process, snapshot: processes[process]?.snapshot, images: images
        ).map { profile.index(of: $0) }
        if case .image = frame.place { numbers[frame] = made }
        return made
    }

    private mutating func kernelNumber(of address: Address) -> Int {
        if let known = kernelNumbers[address] { return known }
        let made = profile.index(of: kernel.frame(at: address))
        kernelNumbers[address] = made
        return made
    }

    /// Leaves out what the kernel did to have the program run that took the stack at a switch.
    private func dropTracing(_ numbers: inout [Int]) {
        let top = numbers.prefix(16)
        guard let index = top.firstIndex(where: { profile.frames[$0].name == "__schedule" })
        else { return }
        numbers.removeFirst(index)
    }
}
