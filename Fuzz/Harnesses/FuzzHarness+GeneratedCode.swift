internal import Symbolizer

extension FuzzHarness {
    /// Addresses that the seeds have names for.
    private static let addresses = [0, 0x1000, 0x1008, 0x2000, 0xffff, .max].map { Address($0) }

    /// `perf-PID.map`, whole and in two parts.
    static let perfMap = FuzzHarness("perf-map") { bytes in
        let whole = PerfMap(parsing: bytes)
        var grown = PerfMap()
        let taken = grown.append(Array(bytes.prefix(bytes.count / 2)))
        grown.append(Array(bytes.dropFirst(taken)))
        for address in addresses {
            _ = whole.lookup(address)
            _ = grown.lookup(address)
        }
    }

    /// `jit-PID.dump`, whole and in two parts.
    static let jitDump = FuzzHarness("jit-dump") { bytes in
        let whole = JITDump(parsing: bytes)
        for address in addresses { _ = whole?.lookup(address)?.line(at: address) }
        guard var grown = JITDump(header: bytes) else { return }
        let records = Array(bytes.dropFirst(40))
        let taken = grown.append(Array(records.prefix(records.count / 2)))
        grown.append(Array(records.dropFirst(taken)))
    }
}
