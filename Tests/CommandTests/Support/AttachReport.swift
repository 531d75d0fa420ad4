/// One line of `uprof attach --json`, schema `uprof.attach/1` of docs/formats.md.
struct AttachReport: Decodable {
    var schema: String
    var durationNs: UInt64
    var objectFamily: String
    var objectLimits: String?
    var functions: [Function]
    /// Every loss counter by its name.
    var lost: [String: UInt64]

    /// The calls of one function.
    struct Function: Decodable {
        var module: String
        var function: String
        var calls: UInt64
        var totalNs: UInt64
        var meanNs: UInt64
        var minNs: UInt64
        var maxNs: UInt64
        var p50Ns: UInt64
        var p90Ns: UInt64
        var p99Ns: UInt64
        var p999Ns: UInt64
        var probe: String
        var siteOffset: UInt64
        var histogram: [Bucket]
    }

    /// The calls whose duration is in a range, its end not included.
    struct Bucket: Decodable {
        var fromNs: UInt64
        var toNs: UInt64
        var calls: UInt64
    }
}

extension AttachReport {
    /// Calls by function, those without calls included.
    var calls: [String: Int] {
        Dictionary(functions.map { ($0.function, Int($0.calls)) }, uniquingKeysWith: +)
    }

    /// The loss counters that are not zero, but for those that are only worth knowing.
    var losses: [String: UInt64] {
        lost.filter { $0.value != 0 && !["stacks_truncated", "tail_calls"].contains($0.key) }
    }
}
