internal import ArgumentParser
internal import Symbolizer
internal import SystemPackage

/// Where separate debug files are looked for.
struct DebugFileOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Look for debug files here too, by build ID (DIR/.build-id) or by path; may be repeated.",
            valueName: "dir"))
    var debugDir: [String] = []

    @Flag(name: .long, help: "Ask no server, though DEBUGINFOD_URLS is set.")
    var noDebuginfod = false

    /// The search asked for.
    func search() -> DebugFileSearch {
        let client = noDebuginfod ? nil : DebuginfodClient { StandardError.write("uprof: \($0)\n") }
        return DebugFileSearch(directories: debugDir.map { FilePath($0) }, debuginfod: client)
    }
}
