internal import Glibc
internal import SystemPackage

/// Reads the files of a process in `/proc`, whose size is not known before they are read.
struct ProcessFiles {
    let process: ProcessID

    /// The directory of the process.
    var directory: FilePath { FilePath("/proc/\(process)") }

    /// The path of one of its files.
    func path(_ name: String) -> FilePath { FilePath("/proc/\(process)/\(name)") }

    /// All bytes of a file.
    ///
    /// - Throws: `ProcessError` if the process is gone or may not be examined.
    func read(_ name: String) throws(ProcessError) -> [UInt8] {
        let path = path(name)
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try descriptor.closeAfter {
                var bytes: [UInt8] = []
                // The kernel writes maps page by page; with larger reads fewer changes of the
                // process fall between two of them.
                let chunk = 64 << 10
                while true {
                    let part = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                    }
                    if part.isEmpty { return bytes }
                    bytes += part
                }
            }
        } catch {
            throw problem(error, path: path)
        }
    }

    /// The text of a file, without the line feed at its end.
    ///
    /// - Throws: `ProcessError` if the process is gone or may not be examined.
    func text(_ name: String) throws(ProcessError) -> String {
        var bytes = try read(name)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a link points to.
    ///
    /// - Throws: `ProcessError` if the process is gone or may not be examined.
    func link(_ name: String) throws(ProcessError) -> String {
        let path = path(name)
        var result = Errno(rawValue: 0)
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let target = characters.baseAddress else { return }
                let length = readlink(path.string, target, characters.count)
                if length < 0 { result = Errno(rawValue: errno) }
                count = max(length, 0)
            }
        }
        guard result.rawValue == 0 else { throw problem(result, path: path) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a directory that are numbers, in their order.
    func numbers(in name: String) -> [Int32] {
        guard let directory = opendir(path(name).string) else { return [] }
        defer { closedir(directory) }
        var numbers: [Int32] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = Int32(name) { numbers.append(number) }
        }
        return numbers.sorted()
    }

    private func problem(_ error: any Error, path: FilePath) -> ProcessError {
        let errno = error as? Errno ?? .ioError
        let reason: ProcessError.Reason =
            switch errno {
            case .noSuchFileOrDirectory, .noSuchProcess: .noSuchProcess
            case .permissionDenied, .notPermitted: .notPermitted(path: path.string)
            default: .failed(path: path.string, errno)
            }
        return ProcessError(process: process, reason: reason)
    }
}
