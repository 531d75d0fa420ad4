internal import ArgumentParser
internal import Report

/// What a profile that is read is, where its content does not tell.
struct ProfileInputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The format; told by the content by default.", valueName: "format"))
    var from: ProfileFormat?

    @Option(
        help: ArgumentHelp(
            "Which of a profile's values count, by name; by default its own choice, or the first.",
            valueName: "name"))
    var value: String?

    func validate() throws {
        guard let from, !from.isReadable else { return }
        let names = ProfileFormat.readable.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("cannot read \(from.rawValue); --from takes one of \(names)")
    }
}
