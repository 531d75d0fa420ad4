internal import Glibc
internal import Symbolizer

/// What the kernel told a program at its start (`/proc/PID/auxv`, getauxval(3)).
enum AuxiliaryVector {
    /// The address of a program's first own instruction: the interpreter runs before it.
    static func entry(of process: ProcessID) -> Address? {
        guard let bytes = SystemFile.bytes("/proc/\(process)/auxv") else { return nil }
        let pair = 2 * MemoryLayout<UInt64>.size
        return bytes.withUnsafeBytes { words in
            for offset in stride(from: 0, to: words.count - pair + 1, by: pair)
            where words.loadUnaligned(fromByteOffset: offset, as: UInt64.self) == UInt64(AT_ENTRY) {
                return Address(words.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            }
            return nil
        }
    }
}
