internal import Synchronization

/// A value that is made when it is first asked for, once, whatever thread asks.
final class Lazy<Value: Sendable>: Sendable {
    private let storage = Mutex<Value?>(nil)

    /// The value, if it has been made.
    var ifMade: Value? { storage.withLock { $0 } }

    /// The value. Threads that ask while it is made wait for it.
    func value(make: () -> Value) -> Value {
        storage.withLock { storage in
            if let storage { return storage }
            let made = make()
            storage = made
            return made
        }
    }
}
