internal import Symbolizer

extension FuzzHarness {
    /// `/proc/kallsyms`.
    static let kernelSymbols = FuzzHarness("kernel-symbols") { bytes in
        guard let kernel = try? KernelSymbols(parsing: bytes) else { return }
        for address in [0, 0xffff_ffff_8100_0000, 0xffff_ffff_c000_1044, UInt64.max] {
            _ = kernel.frame(for: Address(address)).description
        }
    }

    /// `/proc/PID/maps`.
    static let processMappings = FuzzHarness("process-mappings") { bytes in
        for mapping in ProcessMappings(String(decoding: bytes, as: UTF8.self)) {
            _ = mapping.fileOffset(of: mapping.start)
            _ = mapping.contains(Address(0x1000))
        }
    }
}
