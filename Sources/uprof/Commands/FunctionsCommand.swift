internal import ArgumentParser
internal import Profiler

/// `uprof functions`.
struct FunctionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "functions",
        abstract: "List the functions that can be probed, and why others cannot.",
        usage: "uprof functions (--pid PID… | --binary FILE) [PATTERN…] [options]",
        discussion: """
            Columns: address in the file's own terms, size in bytes, module, name, and a remark
            where there is one. A PATTERN is the same as for `uprof attach`; all by default.

            Examples:
              uprof functions --pid 1234 'ssl_*'
              uprof functions --binary /usr/bin/redis-server '/^zset/'
            """)

    @OptionGroup(title: "Target")
    var target: TargetOptions

    @Argument(help: ArgumentHelp("Functions to list.", valueName: "pattern"))
    var patterns: [String] = ["*"]

    @OptionGroup(title: "Messages")
    var logging: LoggingOptions

    func validate() throws {
        _ = try target.target()
        _ = try FunctionPattern.parse(patterns)
    }

    func run() throws {
        try Failure.reporting {
            let listing = FunctionListing(patterns: try FunctionPattern.parse(patterns))
            for line in try listing.entries(of: try target.target()) {
                try StandardOutput.write("\(line)\n")
            }
        }
    }
}
