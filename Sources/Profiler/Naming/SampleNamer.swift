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
    private let totals: SampleTotals
    private let frames: [StackFrame]
    private let kernelAddresses: [Address]
    private var namer: FrameNamer
    /// Of frames in images, the function and those that were inlined into it, root first.
    private var numbers: [Int] = []
    /// Where those of each frame are; nowhere as long as it has not been named.
    private var places: [Range<Int>]
    private var kernelNumbers: [Int?]
    /// What samples of a thread have in common, by its number.
    private var threads: [(process: ProcessID, frame: Int, labels: Int)] = []

    /// - Parameters:
    ///   - profile: What is added to.
    ///   - namer: Names the frames of the users' parts.
    ///   - kernel: Names those of the kernel's.
    ///   - images: All images met.
    ///   - processes: All processes met, those that have ended too.
    ///   - totals: The stacks that samples are of.
    init(
        profile: StackProfile, namer: FrameNamer, kernel: KernelNames, images: RecordedImages,
        processes: [ProcessID: RecordedProcess], totals: SampleTotals
    ) {
        self.profile = profile
        self.namer = namer
        self.kernel = kernel
        self.images = images
        self.processes = processes
        self.totals = totals
        frames = totals.frames
        kernelAddresses = totals.kernelAddresses
        places = Array(repeating: 0..<0, count: frames.count)
        kernelNumbers = Array(repeating: nil, count: kernelAddresses.count)
        for thread in totals.threads { add(thread) }
    }

    private mutating func add(_ thread: SampleThread) {
        let name = thread.command.isEmpty ? "[unknown]" : thread.command
        let labels = SampleLabels(process: thread.process.rawValue, command: thread.command)
        threads.append((thread.process, profile.index(of: Frame(name)), profile.index(of: labels)))
    }

    /// Adds a stack: root first, the thread's name, the user's part and the kernel's.
    mutating func add(_ count: SampleTotals.Count, of key: SampleTotals.Key) {
        guard let stack = totals.stack(ofHash: key.stack) else { return }
        let kernelStack = totals.kernelAddresses(ofStack: key.kernelStack)
        let thread = threads[Int(key.thread)]
        var numbers: [Int] = []
        numbers.reserveCapacity(2 * stack.frames.count + kernelStack.count + 2)
        numbers.append(thread.frame)
        addNumbers(of: stack, thread.process, to: &numbers)
        for number in kernelStack.reversed() { numbers.append(kernelNumber(of: Int(number))) }
        if key.isOffCPU { dropTracing(from: &numbers, kernelFrames: kernelStack.count) }
        profile.add(
            stack: numbers, values: [count.samples, count.nanoseconds], labels: thread.labels)
    }

    private mutating func addNumbers(
        of stack: KeptStack, _ process: ProcessID, to numbers: inout [Int]
    ) {
        let stackFrames = totals.frames(of: stack)
        let last = stackFrames.last.map { frames[Int($0)] }
        if let reason = FrameNamer.truncation(stack.end, behind: last, images: images) {
            numbers.append(profile.index(of: .truncated(reason)))
        }
        for frame in stackFrames.reversed() {
            let place = places[Int(frame)]
            if place.isEmpty {
                numbers += name(frames[Int(frame)], process, as: Int(frame))
            } else {
                for index in place { numbers.append(self.numbers[index]) }
            }
        }
    }

    /// Names a frame. One that is in an image has the same names in all processes.
    private mutating func name(_ frame: StackFrame, _ process: ProcessID, as number: Int) -> [Int] {
        let made = namer.frames(
            of: frame, process: process, snapshot: processes[process]?.snapshot, images: images
        ).map { profile.index(of: $0) }
        if frame.isInImage {
            places[number] = numbers.count..<numbers.count + made.count
            numbers += made
        }
        return made
    }

    private mutating func kernelNumber(of number: Int) -> Int {
        if let known = kernelNumbers[number] { return known }
        let made = profile.index(of: kernel.frame(at: kernelAddresses[number]))
        kernelNumbers[number] = made
        return made
    }

    /// Leaves out what the kernel did to have the program run that took the stack at a switch.
    private func dropTracing(from numbers: inout [Int], kernelFrames: Int) {
        let top = numbers.suffix(min(kernelFrames, 16))
        guard let index = top.lastIndex(where: { profile.frames[$0].name == "__schedule" })
        else { return }
        numbers.removeSubrange((index + 1)...)
    }
}
