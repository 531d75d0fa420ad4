internal import Synchronization

/// A value that is made when it is first asked for, by one thread, while others wait for it.
struct Once<Value: Sendable>: ~Copyable {
    private let value = Mutex<Value?>(nil)

    /// The value, made by the closure if it is not yet there.
    func get(_ make: () -> Value) -> Value {
        value.withLock { value in
            if let value { return value }
            let made = make()
            value = made
            return made
        }
    }
}
