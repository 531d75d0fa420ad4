internal import ArgumentParser
internal import Glibc
internal import Symbolizer

/// `uprof demangle`.
struct DemangleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demangle",
        abstract: "Turn mangled names into those of the source.",
        discussion: """
            Copies stdin to stdout with the names of C++ (Itanium), Rust and Swift
            demangled wherever they are in the text; all else stays as it is. Names
            given as arguments are printed a line each instead.

            Examples:
              uprof demangle _ZN2ns3fooEi
              nm libfoo.so | uprof demangle
            """)

    @Argument(help: ArgumentHelp("Names to demangle.", valueName: "name"))
    var names: [String] = []

    func run() throws {
        try Failure.reporting {
            guard names.isEmpty else {
                for name in names {
                    try StandardOutput.write("\(Demangler.demangle(name) ?? name)\n")
                }
                return
            }
            try filter()
        }
    }

    private func filter() throws(StreamError) {
        var filter = DemanglingFilter()
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            try StandardOutput.write(filter.transform(chunk[..<count]))
        }
        try StandardOutput.write(filter.finish())
    }
}
