internal import CUprofABI
internal import Symbolizer

/// The numbers of threads as the kernel side names them, so that no text is made of each name again.
struct KernelThreadNumbers {
    private struct Name: Hashable {
        var process: UInt32
        /// The bytes of the name.
        var first: UInt64
        var second: UInt64
    }

    private var numbers: [Name: Int32] = [:]
    /// That of the key before: mostly it is the same again.
    private var last: (name: Name, number: Int32)?

    /// The number that the thread of a key has in totals.
    mutating func number(of key: uprof_sample_key, in totals: inout SampleTotals) -> Int32 {
        let name = withUnsafeBytes(of: key.comm) { bytes in
            Name(
                process: key.process, first: bytes.loadUnaligned(as: UInt64.self),
                second: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        if let last, last.name == name { return last.number }
        let number = numbers[name] ?? add(name, key, to: &totals)
        last = (name, number)
        return number
    }

    private mutating func add(
        _ name: Name, _ key: uprof_sample_key, to totals: inout SampleTotals
    ) -> Int32 {
        let command = withUnsafeBytes(of: key.comm) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let process = ProcessID(Int32(bitPattern: key.process))
        let number = totals.number(of: SampleThread(process: process, command: command))
        numbers[name] = number
        return number
    }
}
