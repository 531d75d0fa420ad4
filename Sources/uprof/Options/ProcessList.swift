internal import ArgumentParser
internal import Symbolizer

/// Process ids on the command line, separated by commas.
struct ProcessList: ExpressibleByArgument {
    /// The processes, in the order given.
    let processes: [ProcessID]

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int32($0) }
        guard numbers.allSatisfy({ $0.map { $0 > 0 } == true }) else { return nil }
        processes = numbers.compactMap { $0.map { ProcessID($0) } }
    }
}
