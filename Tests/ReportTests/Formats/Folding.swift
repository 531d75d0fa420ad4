import Report

/// Folds a text as a file would be, and returns the lines.
func fold(
    _ text: String, _ format: ProfileFormat? = nil, threads: Int = 1,
    _ change: (inout PerfScriptOptions) -> Void = { _ in }
) throws -> String {
    try fold(Array(text.utf8), format, threads: threads, change)
}

/// Folds the bytes of a file, and returns the lines.
func fold(
    _ bytes: [UInt8], _ format: ProfileFormat? = nil, threads: Int = 1,
    _ change: (inout PerfScriptOptions) -> Void = { _ in }
) throws -> String {
    var options = PerfScriptOptions()
    change(&options)
    let input = try ProfileInput(path: "test", contents: bytes, format: format)
    return String(decoding: try input.fold(options, threads: threads).stacks.folded, as: UTF8.self)
}
