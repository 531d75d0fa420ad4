internal import CLinux
internal import Glibc

/// Threads of this process that nobody waits for.
enum DetachedThread {
    private final class Work: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(_ name: String, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// Runs something on a thread of its own, which has the signal mask of this one.
    ///
    /// - Parameters:
    ///   - name: What tools call the thread; 15 bytes at most.
    ///   - body: What it does.
    /// - Returns: Whether there could be one more thread.
    @discardableResult
    static func start(named name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Work(name, body))
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                uprof_name_thread(work.name)
                work.body()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
