internal import CUprofABI
internal import Symbolizer

/// Whose samples they are: those of threads of one name are not told apart.
struct SampleThread: Hashable {
    /// The process.
    var process: ProcessID
    /// The thread's name; empty if it is not known.
    var command: String
}

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

/// The numbers of threads as the kernel side names them, so that no text is made of each name again.
struct KernelThreadNumbers {
    private struct Name: Hashable {
        var process: UInt32
        /// The bytes of the name.
        var first: UInt64
        var second: UInt64
    }

    private var numbers: [Name: Int32] = [:]

    /// The number that the thread of a key has in totals.
    mutating func number(of key: uprof_sample_key, in totals: inout SampleTotals) -> Int32 {
        let name = withUnsafeBytes(of: key.comm) { bytes in
            Name(
                process: key.process, first: bytes.loadUnaligned(as: UInt64.self),
                second: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        if let known = numbers[name] { return known }
        let command = withUnsafeBytes(of: key.comm) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let process = ProcessID(Int32(bitPattern: key.process))
        let number = totals.number(of: SampleThread(process: process, command: command))
        numbers[name] = number
        return number
    }
}
