internal import Packager

extension FuzzHarness {
    /// A manifest, and all that is said of the options it makes.
    static let manifest = FuzzHarness("manifest") { bytes in
        guard let manifest = try? Manifest(parsing: bytes.span.bytes, file: "fuzz"),
            let object = manifest.object
        else { return }
        _ = ObjectHelp(object).text
        let words = object.parameters.flatMap { ["--\($0.name)", "1"] }
        let values = try? ObjectArguments(words, for: object).values.mapValues(\.text)
        for place in object.programs.flatMap(\.places) {
            _ = place.filled(with: values ?? [:])?.description
        }
    }
}
