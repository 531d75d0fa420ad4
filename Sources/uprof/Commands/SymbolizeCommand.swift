internal import ArgumentParser
internal import Glibc
internal import Symbolizer

/// `uprof symbolize`.
struct SymbolizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "symbolize",
        abstract: "Find the functions and source lines of addresses.",
        usage: "uprof symbolize (--exe FILE | --pid PID | --kernel) [ADDRESS…] [options]",
        discussion: """
            Addresses are hexadecimal, with or without 0x; those not given as arguments
            are read from stdin, one a line, and answered as they come. Answers have the
            layout of addr2line -afi: the address, then a line with the name and one with
            the place in the source for each function, the innermost first. What is not
            known is ??, and --verbose says why. A line that is no address is answered with
            ?? too, and makes the exit status 1.

            Examples:
              uprof symbolize --exe /usr/bin/redis-server 0x4f210
              some-tool | uprof symbolize --pid 1234 --demangle
            """)

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A program or library: addresses as it states them.", valueName: "file"))
    var exe: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A running process: addresses in its memory.", valueName: "pid"))
    var pid: Int32?

    @Flag(name: .long, help: "The running kernel.")
    var kernel = false

    @Flag(name: .long, help: "The numbers are offsets in the file, not addresses.")
    var fileOffsets = false

    @OptionGroup(title: "Debug information")
    var debugFiles: DebugFileOptions

    @OptionGroup(title: "Output")
    var output: AddressOutputOptions

    @Argument(help: ArgumentHelp("Addresses to look up.", valueName: "address"))
    var addresses: [String] = []

    func validate() throws {
        let count = (exe == nil ? 0 : 1) + (pid == nil ? 0 : 1) + (kernel ? 1 : 0)
        guard count == 1 else {
            throw ValidationError("say whose addresses: --exe FILE, --pid PID or --kernel")
        }
        if let pid, pid <= 0 { throw ValidationError("\(pid) is no process ID") }
        if fileOffsets, exe == nil {
            throw ValidationError("--file-offsets needs --exe FILE")
        }
    }

    func run() throws {
        try Failure.reporting {
            var answers = AddressAnswers(space: try space(), options: output)
            if addresses.isEmpty {
                try Self.answerInput(&answers)
            } else {
                for address in addresses { try answers.ask(Array(address.utf8)[...]) }
            }
            try answers.answer()
            if answers.hasInvalid { throw ExitCode.failure }
        }
    }

    private func space() throws -> AddressSpace {
        let images = ImageCache(search: debugFiles.search())
        // Kept for good: to take apart all that is known of a large program would be the last
        // thing done, and for nobody.
        _ = Unmanaged.passRetained(images)
        if let exe {
            return try AddressSpace(file: exe, areFileOffsets: fileOffsets, images: images)
        }
        if let pid { return try AddressSpace(process: ProcessID(pid), images: images) }
        return try AddressSpace.kernel()
    }

    /// Answers each line; before the next ones are waited for, those that have come are answered.
    private static func answerInput(_ answers: inout AddressAnswers) throws(StreamError) {
        var lines = InputLines()
        while lines.read() {
            while let line = lines.next() {
                if !line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { try answers.ask(line) }
            }
            try answers.answer()
        }
    }
}
