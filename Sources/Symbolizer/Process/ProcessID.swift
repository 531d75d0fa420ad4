/// The number of a process, as this process sees it.
package struct ProcessID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    package let rawValue: Int32

    /// Makes a process ID of a number.
    package init(_ rawValue: Int32) {
        self.rawValue = rawValue
    }

    package var description: String { String(rawValue) }

    /// The threads of the process now, the one that started it first.
    package var threads: [ProcessID] {
        ProcessFiles(process: self).numbers(in: "task").map { ProcessID($0) }
    }

    package static func < (left: ProcessID, right: ProcessID) -> Bool {
        left.rawValue < right.rawValue
    }
}
