/// Threads, each once, and numbered from 0 on as they come up.
struct ThreadNumbers {
    /// The threads in the order of their numbers.
    private(set) var threads: [SampleThread] = []
    private var numbers: [SampleThread: Int32] = [:]

    /// The number of a thread, which has one from now on.
    mutating func number(of thread: SampleThread) -> Int32 {
        if let known = numbers[thread] { return known }
        let number = Int32(threads.count)
        threads.append(thread)
        numbers[thread] = number
        return number
    }
}
