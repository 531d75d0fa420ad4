internal import Glibc

/// A counting semaphore (sem_init(3)).
final class Semaphore: @unchecked Sendable {
    // Safe because sem_t may be used by any thread, and is never moved.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        sem_init(semaphore, 0, 0)
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Lets one who waits, or the next one who will, go on.
    func signal() {
        sem_post(semaphore)
    }

    /// Waits until there is a signal for this one.
    func wait() {
        while sem_wait(semaphore) != 0, errno == EINTR {}
    }
}
