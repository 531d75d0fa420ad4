/// One call that took longer than asked for.
package struct SlowCall: Sendable, Equatable {
    /// Who called.
    package struct Caller: Sendable, Equatable {
        /// The process.
        package var process: Int32
        /// The thread.
        package var thread: Int32
        /// The thread's name.
        package var command: String

        /// Names a thread of a process.
        package init(process: Int32, thread: Int32, command: String) {
            self.process = process
            self.thread = thread
            self.command = command
        }
    }

    /// When the call ended, in nanoseconds since 1970 (UTC).
    package var timeNanoseconds: UInt64
    /// Who called.
    package var caller: Caller
    /// How long the call took.
    package var durationNanoseconds: UInt64
    /// The program or library that holds the function.
    package var module: String
    /// The function's name, as shown.
    package var function: String
    /// The stack, root first; empty if none was asked for.
    package var frames: [Frame]

    /// A call that took long.
    package init(
        timeNanoseconds: UInt64, caller: Caller, durationNanoseconds: UInt64, module: String,
        function: String, frames: [Frame] = []
    ) {
        self.timeNanoseconds = timeNanoseconds
        self.caller = caller
        self.durationNanoseconds = durationNanoseconds
        self.module = module
        self.function = function
        self.frames = frames
    }
}
