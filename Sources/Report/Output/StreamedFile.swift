internal import SystemPackage

/// A file that is written bit by bit, for as long as something goes on.
///
/// It has a temporary name beside its own until it is finished, and then its own. What is not a
/// regular file (a terminal, a pipe) is written to as it is.
package struct StreamedFile: ~Copyable {
    private let output: OutputFile
    private var temporary: TemporaryFile?
    private let target: String

    /// Starts a file.
    ///
    /// - Throws: `OutputError` if it cannot be created.
    package init(_ path: String) throws(OutputError) {
        let output = OutputFile(path)
        let target = try output.streamTarget()
        if let target {
            let file = try TemporaryFile(beside: target, for: output)
            output.adopt(into: file)
            temporary = consume file
        } else {
            temporary = nil
        }
        self.output = output
        self.target = target ?? path
    }

    /// Adds a text.
    ///
    /// - Throws: `OutputError` if there is no room for it.
    package mutating func write(_ text: String) throws(OutputError) {
        let bytes = Array(text.utf8)
        guard let descriptor = temporary?.descriptor else { return try output.write(bytes) }
        try output.check(.write) { try descriptor.writeAll(bytes) }
    }

    /// Gives the file its own name.
    ///
    /// - Throws: `OutputError` if that is not possible.
    package consuming func finish() throws(OutputError) {
        let target = target
        try temporary.take()?.rename(to: target)
    }
}
