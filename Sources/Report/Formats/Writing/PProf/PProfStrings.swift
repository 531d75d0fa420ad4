/// pprof's table of strings: each once, the first one empty.
struct PProfStrings {
    private var table = NameTable()

    /// The empty string.
    init() {
        _ = number("")
    }

    /// The number of a string.
    mutating func number(_ string: String) -> UInt64 {
        var string = string
        return string.withUTF8 { UInt64(table.number(of: $0.span.bytes)) }
    }

    /// Writes all strings, in the order of their numbers.
    func write(_ field: UInt64, to writer: inout ProtobufWriter) {
        for number in 0..<table.count {
            writer.field(field, bytes: table.name(number))
        }
    }
}
