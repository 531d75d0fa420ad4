internal import ArgumentParser
internal import Packager

/// A length of time on the command line: `250us`, `10ms`, `1.5s`, `2m`.
struct DurationArgument: ExpressibleByArgument, Equatable {
    /// The length in nanoseconds.
    let nanoseconds: UInt64

    init?(argument: String) {
        guard let nanoseconds = DurationText.nanoseconds(of: argument) else { return nil }
        self.nanoseconds = nanoseconds
    }
}
