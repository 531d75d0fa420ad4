/// One line of `uprof attach --json --slower-than`, schema `uprof.slow-call/1` of docs/formats.md.
struct SlowCallRecord: Decodable {
    var schema: String
    var timeNs: UInt64
    var pid: Int32
    var tid: Int32
    var comm: String
    var durationNs: UInt64
    var module: String
    var function: String
    var stack: [Frame]

    /// One frame, the innermost first.
    struct Frame: Decodable {
        var module: String
        var function: String
        var kind: String
    }
}
