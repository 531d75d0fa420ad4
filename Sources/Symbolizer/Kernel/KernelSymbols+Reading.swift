internal import SystemPackage

extension KernelSymbols {
    /// Reads the symbols of the running kernel.
    ///
    /// - Throws: ``KernelSymbolsError`` if they cannot be read, or the kernel hides them.
    package init() throws(KernelSymbolsError) {
        try self.init(parsing: try Self.read("/proc/kallsyms"))
    }

    private static func read(_ path: FilePath) throws(KernelSymbolsError) -> [UInt8] {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try descriptor.closeAfter {
                var bytes: [UInt8] = []
                bytes.reserveCapacity(16 << 20)
                let chunk = 1 << 20
                while bytes.count < largestText {
                    let part = try [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                    }
                    if part.isEmpty { break }
                    bytes += part
                }
                return bytes
            }
        } catch {
            throw .unreadable(error as? Errno ?? .ioError)
        }
    }
}
