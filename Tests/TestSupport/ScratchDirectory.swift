internal import Foundation
internal import Glibc

/// A temporary directory, removed with all it holds when this object goes.
package final class ScratchDirectory: Sendable {
    /// The absolute path.
    package let path: String

    /// Makes the directory under `TMPDIR`, or `/tmp`.
    ///
    /// - Throws: ``TestSupportError/systemCall(_:reason:)`` when it cannot.
    package init() throws {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/uprof-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw TestSupportError.systemCall(
                "mkdtemp", reason: "\(parent): \(String(cString: strerror(errno)))")
        }
        path = template.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { String(cString: $0) } ?? parent
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the directory, whether it exists or not.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    ///
    /// - Throws: When the file cannot be written.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    /// Writes a text file and returns its path.
    ///
    /// - Throws: When the file cannot be written.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(text.utf8, to: name)
    }

    /// The bytes of a file in the directory.
    ///
    /// - Throws: When there is none.
    package func bytes(of name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: file(name))))
    }

    /// The text of a file in the directory.
    ///
    /// - Throws: When there is none.
    package func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// The names of the files in the directory, sorted.
    ///
    /// - Throws: When the directory is gone.
    package func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}
