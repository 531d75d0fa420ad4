import TestSupport
import Testing

/// Folded stacks that `uprof record` has written, and how it ended.
struct Recording: CustomStringConvertible {
    /// How uprof itself ended.
    var uprof: CommandResult
    /// The stacks with their values.
    var stacks: [Stack]

    /// A line of folded stacks.
    struct Stack: CustomStringConvertible {
        /// Root first; the thread's name is the first one.
        var frames: [String]
        /// Samples, or nanoseconds.
        var value: UInt64

        /// Whether its root is there.
        var isWhole: Bool { !frames.contains { $0.hasPrefix("[truncated") } }

        var description: String { "\(frames.joined(separator: ";")) \(value)" }

        /// The frames from a function on; none if it is not there.
        func frames(from function: String) -> [String] {
            frames.firstIndex(of: function).map { Array(frames[$0...]) } ?? []
        }
    }

    var description: String {
        "\(uprof)\n" + stacks.map(\.description).joined(separator: "\n").suffix(4_000)
    }

    /// The sum of the values of some stacks, all by default.
    func total(where isMeant: (Stack) -> Bool = { _ in true }) -> UInt64 {
        stacks.filter(isMeant).reduce(0) { $0 + $1.value }
    }

    /// Reads folded lines.
    static func stacks(of text: String) throws -> [Stack] {
        try text.split(separator: "\n").map { line in
            let space = try #require(line.lastIndex(of: " "), "\(line)")
            let value = try #require(UInt64(line[line.index(after: space)...]), "\(line)")
            let frames = line[..<space].split(separator: ";").map(String.init)
            return Stack(frames: frames, value: value)
        }
    }
}

/// Records programs the way a user does: `uprof record … -o FILE.folded`.
enum Record {
    /// What uprof says on stderr once samples are taken.
    static let started = "uprof: recording"

    /// Records a command that uprof starts.
    ///
    /// - Throws: `TestSupportError` when it cannot be started or takes too long.
    static func command(
        _ command: [String], options: [String] = [], environment: [String: String] = [:],
        within limit: Duration = .seconds(120)
    ) async throws -> Recording {
        let directory = try ScratchDirectory()
        let path = directory.file("out.folded")
        let result = try await UprofCommand.run(
            ["record", "-o", path] + options + ["--"] + command, environment: environment,
            within: limit)
        return Recording(
            uprof: result, stacks: try Recording.stacks(of: try directory.text(of: "out.folded")))
    }

    /// Records a program of `TestTargets/` that uprof starts.
    ///
    /// - Throws: `TestSupportError` when it cannot be started or takes too long.
    static func target(
        _ target: String, _ arguments: [String] = [], options: [String] = []
    ) async throws -> Recording {
        try await command([TestTarget(target).path] + arguments, options: options)
    }
}
