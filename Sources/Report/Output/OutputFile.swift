internal import Glibc
internal import SystemPackage

/// Where a result is written to: all of it or nothing.
///
/// A file gets its content under a temporary name beside it and then its own, so that neither a
/// reader nor a failure ever meets half of it. What is not a regular file (a terminal, a pipe,
/// `/dev/full`) is written to as it is. `-` is the standard output.
package struct OutputFile: Sendable {
    /// The path as it was given.
    package let path: String

    /// Names a file; nothing is touched yet.
    package init(_ path: String) {
        self.path = path
    }

    /// Writes a text.
    ///
    /// - Throws: `OutputError` if the file cannot be created, written or replaced; it is then as
    ///   it was before.
    package func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    /// Writes bytes.
    ///
    /// - Throws: `OutputError` if the file cannot be created, written or replaced; it is then as
    ///   it was before.
    package func write(_ bytes: [UInt8]) throws(OutputError) {
        if let descriptor = standardDescriptor {
            try check(.write) { try descriptor.writeAll(bytes) }
            return
        }
        switch existingFile {
        case .none:
            try replace(by: bytes, like: nil)
        case .some(let file) where file.st_mode & S_IFMT == S_IFREG:
            try replace(by: bytes, like: file)
        case .some:
            try writeInPlace(bytes)
        }
    }

    /// Finds out whether it can be written, as far as that can be told: before long work rather than
    /// after it. Nothing is touched.
    ///
    /// - Throws: `OutputError` if not.
    package func checkWritable() throws(OutputError) {
        guard standardDescriptor == nil else { return }
        let existing = existingFile
        if let existing {
            guard existing.st_mode & S_IFMT != S_IFDIR else {
                throw OutputError(path: path, operation: .create, errno: .isDirectory)
            }
            try checkAccess(to: path, .replace)
            guard existing.st_mode & S_IFMT == S_IFREG else { return }
        }
        // The new file comes beside it.
        let directory = FilePath(try resolvedPath()).removingLastComponent().string
        try checkAccess(to: directory.isEmpty ? "." : directory, .create)
    }

    private func checkAccess(
        to path: String, _ operation: OutputError.Operation
    ) throws(OutputError) {
        guard faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else { throw failure(operation) }
    }

    /// The path of the file that a stream is to become; nil for what is written to as it is.
    ///
    /// - Throws: `OutputError` if there is no such path.
    func streamTarget() throws(OutputError) -> String? {
        if standardDescriptor != nil { return nil }
        if let file = existingFile, file.st_mode & S_IFMT != S_IFREG { return nil }
        return try resolvedPath()
    }

    /// Gives a new file the mode and owner of the one it will replace, if there is one.
    func adopt(into temporary: borrowing TemporaryFile) {
        if let existing = existingFile { temporary.adopt(existing) }
    }

    /// The descriptor a path stands for: opening it anew would lose the position in a file, and
    /// fails for a socket.
    private var standardDescriptor: FileDescriptor? {
        switch path {
        case "-", "/dev/stdout": return .standardOutput
        case "/dev/stderr": return .standardError
        default: break
        }
        for directory in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(directory) {
            return Int32(path.dropFirst(directory.count)).map(FileDescriptor.init(rawValue:))
        }
        return nil
    }

    private var existingFile: stat? {
        var file = stat()
        return stat(path, &file) == 0 ? file : nil
    }

    private func writeInPlace(_ bytes: [UInt8]) throws(OutputError) {
        let descriptor = try check(.create) { try FileDescriptor.open(path, .writeOnly) }
        do {
            try check(.write) { try descriptor.writeAll(bytes) }
        } catch {
            try? descriptor.close()
            throw error
        }
        try check(.write) { try descriptor.close() }
    }

    private func replace(by bytes: [UInt8], like existing: stat?) throws(OutputError) {
        let target = try resolvedPath()
        // A rename does not ask whether the file itself may be written.
        if existing != nil, faccessat(AT_FDCWD, target, W_OK, AT_EACCESS) != 0 {
            throw failure(.replace)
        }
        let temporary = try TemporaryFile(beside: target, for: self)
        if let existing { temporary.adopt(existing) }
        try check(.write) { try temporary.descriptor.writeAll(bytes) }
        try temporary.rename(to: target)
    }

    /// The path that symbolic links lead to, whether there is a file or not.
    private func resolvedPath() throws(OutputError) -> String {
        let mostLinks = 40  // as in the kernel, path_resolution(7)
        var resolved = path
        for _ in 0..<mostLinks {
            guard let link = Self.link(at: resolved) else { return resolved }
            let directory = FilePath(resolved).removingLastComponent()
            resolved = directory.pushing(FilePath(link)).string
        }
        throw OutputError(path: path, operation: .create, errno: .tooManySymbolicLinkLevels)
    }

    private static func link(at path: String) -> String? {
        let size = Int(PATH_MAX)
        var buffer = [CChar](repeating: 0, count: size)
        let length = readlink(path, &buffer, size)
        guard length > 0 else { return nil }
        let bytes = buffer.prefix(length).map(UInt8.init(bitPattern:))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension OutputFile {
    /// The error for what a C function just reported in `errno`.
    func failure(_ operation: OutputError.Operation) -> OutputError {
        OutputError(path: path, operation: operation, errno: Errno(rawValue: errno))
    }

    /// Runs a system call, and names this file in its error.
    @discardableResult
    func check<Result>(
        _ operation: OutputError.Operation, _ body: () throws -> Result
    ) throws(OutputError) -> Result {
        do {
            return try body()
        } catch {
            let errno = error as? Errno ?? .ioError
            throw OutputError(path: path, operation: operation, errno: errno)
        }
    }
}
