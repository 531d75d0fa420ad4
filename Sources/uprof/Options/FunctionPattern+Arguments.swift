internal import ArgumentParser
internal import Profiler

extension FunctionPattern {
    /// Reads the patterns of a command line.
    ///
    /// - Throws: `ValidationError` for what is no pattern: a usage error.
    static func parse(_ arguments: [String]) throws -> [FunctionPattern] {
        try arguments.map { text in
            do {
                return try FunctionPattern(text)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }
}
