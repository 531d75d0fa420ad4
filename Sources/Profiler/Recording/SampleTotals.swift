internal import Symbolizer

/// All samples so far, by stack.
struct SampleTotals {
    /// What samples are counted by.
    struct Key: Hashable {
        /// The stack by its hash.
        var stack: UInt64
        /// The kernel's part by its hash; zero where there is none.
        var kernelStack: UInt64
        /// The number of its process and name.
        var thread: Int32
        /// Whether the thread was off the processor.
        var isOffCPU: Bool
    }

    /// What is counted.
    struct Count {
        var samples: UInt64 = 0
        var nanoseconds: UInt64 = 0

        static func += (left: inout Count, right: Count) {
            left.samples &+= right.samples
            left.nanoseconds &+= right.nanoseconds
        }
    }

    /// The counts of all samples.
    private(set) var counts: [Key: Count] = [:]
    /// The hashes of stacks, and the stacks by their numbers.
    private var stackHashes = WordNumbers()
    private var stacks: [KeptStack] = []
    /// The hashes of the kernel's parts of stacks, and where the numbers of their addresses are.
    private var kernelStackHashes = WordNumbers()
    private var kernelStacks: [Range<Int>] = []
    /// The numbers of the frames or addresses of all stacks, one behind the other: thousands of small
    /// arrays would take longer to make than to fill.
    private var stackNumbers: [Int32] = []
    private var threadNumbers = ThreadNumbers()
    private var frameNumbers = WordNumbers()
    private var kernelNumbers = WordNumbers()
    private var takenFrames = 0
    private var takenAddresses = 0
    /// The processes that have frames in no image: what is known of them is needed to name these.
    private(set) var processesWithOwnCode: Set<ProcessID> = []
    /// Samples whose stacks did not arrive.
    private(set) var withoutStack: UInt64 = 0
    /// All samples.
    private(set) var samples: UInt64 = 0
    /// Samples in whose stacks a caller was found by a frame pointer alone.
    private(set) var byFramePointer: UInt64 = 0
    /// Samples by why their stacks end, by the number of the reason.
    private var ends = [UInt64](repeating: 0, count: Int(UInt8.max) + 1)

    /// How many different stacks there are, without the kernel's parts.
    var stackCount: Int { stacks.count }

    /// The stack of a hash, if it is kept.
    func stack(ofHash hash: UInt64) -> KeptStack? { stackHashes.find(hash).map { stacks[Int($0)] } }

    /// The samples whose stacks end for a reason.
    func samples(endingBy end: StackEnd) -> UInt64 { ends[Int(end.rawValue)] }

    /// All threads, by number.
    var threads: [SampleThread] { threadNumbers.threads }

    /// The number of a thread.
    mutating func number(of thread: SampleThread) -> Int32 { threadNumbers.number(of: thread) }

    /// All frames of users' parts, by number.
    var frames: [StackFrame] { frameNumbers.words.map { StackFrame(rawValue: $0) } }

    /// All addresses of the kernel's parts, by number.
    var kernelAddresses: [Address] { kernelNumbers.words.map { Address($0) } }

    /// The frames that have come up since this was last asked for.
    mutating func takeNewFrames() -> [StackFrame] {
        defer { takenFrames = frameNumbers.words.count }
        return frameNumbers.words[takenFrames...].map { StackFrame(rawValue: $0) }
    }

    /// The addresses of the kernel that have come up since this was last asked for.
    mutating func takeNewKernelAddresses() -> [Address] {
        defer { takenAddresses = kernelNumbers.words.count }
        return kernelNumbers.words[takenAddresses...].map { Address($0) }
    }

    /// The numbers of a stack's frames, innermost first.
    func frames(of stack: KeptStack) -> ArraySlice<Int32> { stackNumbers[stack.frames] }

    /// The numbers of the addresses of a stack's part in the kernel, innermost first; none if it has
    /// no such part.
    func kernelAddresses(ofStack hash: UInt64) -> ArraySlice<Int32> {
        kernelStackHashes.find(hash).map { stackNumbers[kernelStacks[Int($0)]] } ?? []
    }

    /// Keeps a stack, once.
    mutating func keep(_ stack: SampledStack, hash: UInt64) {
        guard stackHashes.number(of: hash) == stacks.count else { return }
        let start = stackNumbers.count
        for frame in stack.frames { stackNumbers.append(frameNumbers.number(of: frame.rawValue)) }
        stacks.append(
            KeptStack(
                frames: start..<stackNumbers.count, end: stack.end,
                usesFramePointers: stack.usesFramePointers, hasOwnCode: stack.hasOwnCode))
    }

    /// Keeps the kernel's part of a stack, once, innermost frame first.
    mutating func keep(kernelStack: [Address], hash: UInt64) {
        guard kernelStackHashes.number(of: hash) == kernelStacks.count else { return }
        let start = stackNumbers.count
        for frame in kernelStack { stackNumbers.append(kernelNumbers.number(of: frame.rawValue)) }
        kernelStacks.append(start..<stackNumbers.count)
    }

    /// Adds samples of a stack that is kept.
    mutating func add(_ count: Count, for key: Key) {
        // A wait that is not over.
        guard count.samples > 0 else { return }
        guard let stack = stack(ofHash: key.stack) else {
            withoutStack += count.samples
            return
        }
        counts[key, default: Count()] += count
        if stack.hasOwnCode { processesWithOwnCode.insert(threads[Int(key.thread)].process) }
        samples &+= count.samples
        ends[Int(stack.end.rawValue)] &+= count.samples
        if stack.usesFramePointers { byFramePointer &+= count.samples }
    }
}
