internal import ArgumentParser
internal import LibBPF
internal import Logging

/// How much is said on stderr.
struct LoggingOptions: ParsableArguments {
    @Flag(name: .long, help: "Say on stderr what is done, with libbpf's and the verifier's words.")
    var verbose = false

    @Flag(name: [.short, .long], help: "Say nothing on stderr but errors.")
    var quiet = false

    func validate() throws {
        if verbose, quiet { throw ValidationError("--verbose and --quiet exclude each other") }
    }

    /// A logger to stderr at the level asked for.
    func makeLogger() -> Logger {
        var logger = Logger(label: "uprof") { _ in StandardErrorLogHandler() }
        logger.logLevel = verbose ? .debug : quiet ? .error : .notice
        BPFLog.send(to: logger)
        return logger
    }
}
