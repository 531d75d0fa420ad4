/// Whose stack a sample is, and what else a file says about it.
package struct SampleLabels: Sendable, Hashable {
    /// A name with a text or a number, as pprof has them.
    package struct Label: Sendable, Hashable {
        /// What a label says.
        package enum Value: Sendable, Hashable {
            /// A text.
            case text(String)
            /// A number and its unit, which may be empty.
            case number(Int64, unit: String)
        }

        /// The name.
        package let key: String
        /// What it says.
        package let value: Value

        /// A label.
        package init(key: String, value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// The process.
    package var process: Int32?
    /// The thread.
    package var thread: Int32?
    /// The thread's name.
    package var command: String?
    /// All others, in their order.
    package var others: [Label] = []

    /// Labels; by default none.
    package init(
        process: Int32? = nil, thread: Int32? = nil, command: String? = nil, others: [Label] = []
    ) {
        self.process = process
        self.thread = thread
        self.command = command
        self.others = others
    }
}
