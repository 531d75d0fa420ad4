internal import Glibc

/// The bpf system call, as far as asking whether it is permitted.
enum BPFSystemCall {
    /// Makes an array of one entry and drops it; zero, or the error code.
    static func errorOfCreatingMap() -> Int32 {
        // Swift does not import the variadic syscall(2). Linux passes these arguments in registers
        // with or without the ellipsis on x86-64 and arm64.
        typealias SystemCall = @convention(c) (Int, Int, UnsafeMutableRawPointer?, Int) -> Int
        guard let symbol = dlsym(nil, "syscall") else { return ENOSYS }
        let systemCall = unsafeBitCast(symbol, to: SystemCall.self)

        // union bpf_attr: type BPF_MAP_TYPE_ARRAY, key size, value size, entries; the rest zero.
        var attributes: [UInt32] = [2, 4, 8, 1] + Array(repeating: 0, count: 28)
        let size = attributes.count * MemoryLayout<UInt32>.size
        let descriptor = systemCall(number, 0, &attributes, size)
        guard descriptor >= 0 else { return errno }
        close(Int32(descriptor))
        return 0
    }

    #if arch(x86_64)
        private static let number = 321
    #else
        private static let number = 280
    #endif
}
