internal import Cache
internal import Report
internal import Synchronization

/// Names frames on a thread of its own while a recording goes on: samples do not wait for it, and at
/// the end the names are there.
final class NamingThread: Sendable {
    private struct State {
        var waiting: [ImageFrame] = []
        var named: [StackFrame: [Frame]] = [:]
        var isStarted = false
        var isStopping = false
    }

    private let known: KnownFrames
    private let state = Mutex(State())
    private let work = Semaphore()
    private let ended = Semaphore()

    /// Starts nothing yet.
    ///
    /// - Parameters:
    ///   - withInlines: Whether functions that were inlined are frames.
    ///   - cache: Where names are kept from one run to the next.
    init(withInlines: Bool, cache: DiskCache? = .shared) {
        known = KnownFrames(withInlines: withInlines, cache: cache)
    }

    /// Asks for the names of frames, each of which may be asked for once.
    func request(_ frames: [ImageFrame]) {
        guard !frames.isEmpty else { return }
        let isStarted = state.withLock { state in
            state.waiting += frames
            defer { state.isStarted = true }
            return state.isStarted
        }
        // Where there can be no thread, all is left to the end.
        if !isStarted, !DetachedThread.start(named: "uprof-naming", { self.nameAll() }) {
            state.withLock { $0.isStarted = false }
        }
        work.signal()
    }

    /// Ends the thread after the frame it is at; what is left has no names.
    func stop() {
        state.withLock { $0.isStopping = true }
        work.signal()
    }

    /// Ends the thread after the frame it is at, and names what is left.
    ///
    /// - Returns: All names.
    func finish() -> [StackFrame: [Frame]] {
        stop()
        if state.withLock({ $0.isStarted }) { ended.wait() }
        while let frame = state.withLock({ $0.waiting.popLast() }) { name(frame) }
        known.keep()
        return state.withLock { $0.named }
    }

    private func nameAll() {
        while true {
            work.wait()
            while let frame = next { name(frame) }
            if state.withLock({ $0.isStopping }) { break }
        }
        ended.signal()
    }

    private var next: ImageFrame? {
        state.withLock { $0.isStopping ? nil : $0.waiting.popLast() }
    }

    private func name(_ frame: ImageFrame) {
        let frames = known.frames(of: frame)
        state.withLock { $0.named[frame.frame] = frames }
    }
}
