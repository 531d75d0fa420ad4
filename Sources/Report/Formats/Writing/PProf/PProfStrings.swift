/// pprof's table of strings: each once, the first one empty.
struct PProfStrings {
    private(set) var strings: [String] = [""]
    private var numbers: [String: UInt64] = ["": 0]

    /// The number of a string.
    mutating func number(_ string: String) -> UInt64 {
        if let number = numbers[string] { return number }
        let number = UInt64(strings.count)
        numbers[string] = number
        strings.append(string)
        return number
    }
}
