/// The lines of a `/proc/PID/maps`, in the order of the addresses; those it cannot read are
/// skipped.
package struct ProcessMappings: Sequence, Sendable {
    private let text: String

    /// Takes the text of the file.
    package init(_ text: String) {
        self.text = text
    }

    /// Reads the file of a process.
    ///
    /// - Throws: `ProcessError` if the process is gone or may not be examined.
    package init(of process: ProcessID) throws(ProcessError) {
        self.init(try ProcessFiles(process: process).text("maps"))
    }

    package func makeIterator() -> Iterator {
        Iterator(rest: text[...].utf8)
    }

    /// Reads one line after the other.
    package struct Iterator: IteratorProtocol {
        var rest: Substring.UTF8View

        package mutating func next() -> ProcessMapping? {
            while !rest.isEmpty {
                let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                let line = rest[..<end]
                rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
                if let mapping = ProcessMapping(parsing: line) { return mapping }
            }
            return nil
        }
    }
}
