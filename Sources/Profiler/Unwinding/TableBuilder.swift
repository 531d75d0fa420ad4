internal import CLinux
internal import Cache
internal import Glibc
internal import Symbolizer
internal import Synchronization

/// Compiles unwind tables on a thread of its own, so that recording goes on meanwhile.
final class TableBuilder: Sendable {
    /// What became of an image's unwind information.
    enum Outcome: Sendable {
        /// It is compiled: for the kernel side, and as it is.
        case table(TablePages, UnwindTable)
        /// There is none.
        case nothing
        /// There is some, and it cannot be used.
        case unusable
    }

    private struct State {
        var waiting: [(ImageNumber, ELFImage)] = []
        var done: [(ImageNumber, Outcome)] = []
        var unfinished = 0
        var isStopping = false
    }

    private let state = Mutex(State())
    private let work = Semaphore()

    /// Readable when a table is done.
    let descriptor: Int32

    /// Starts the thread.
    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        // The thread holds on to the builder until it is told to stop.
        DetachedThread.start(named: "uprof-tables") { self.buildAll() }
    }

    /// Ends the thread after the table it is at.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.waiting = []
        }
        work.signal()
    }

    /// Asks for the table of an image.
    func request(_ image: ELFImage, for number: ImageNumber) {
        state.withLock { state in
            state.waiting.append((number, image))
            state.unfinished += 1
        }
        work.signal()
    }

    /// How many tables have been asked for and not been taken.
    var unfinished: Int { state.withLock { $0.unfinished } }

    /// Takes what is done.
    func takeDone() -> [(ImageNumber, Outcome)] {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        return state.withLock { state in
            defer { state.done = [] }
            state.unfinished -= state.done.count
            return state.done
        }
    }

    private func buildAll() {
        while true {
            work.wait()
            let (next, isStopping) = state.withLock { state in
                (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isStopping)
            }
            if isStopping { break }
            guard let (number, image) = next else { continue }
            let outcome = Self.outcome(of: image)
            state.withLock { $0.done.append((number, outcome)) }
            var one: UInt64 = 1
            _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
        }
        close(descriptor)
    }

    private static func outcome(of image: ELFImage) -> Outcome {
        let table = UnwindTable(of: image, in: .shared)
        guard !table.rows.isEmpty else { return .nothing }
        return TablePages(table).map { .table($0, table) } ?? .unusable
    }
}
