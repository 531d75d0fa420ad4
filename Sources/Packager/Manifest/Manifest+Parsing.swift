internal import Bytes

/// Why a manifest is refused.
package struct ManifestError: Error, Hashable, CustomStringConvertible {
    /// The bundle or file it is of.
    package let file: String
    /// What is wrong.
    package let problem: String

    /// Says what is wrong with a manifest.
    package init(file: String, problem: String) {
        self.file = file
        self.problem = problem
    }

    package var description: String { "\(file): its manifest: \(problem)" }
}

extension Manifest {
    /// Reads a manifest. Nothing in it is passed over: who wrote more meant more.
    ///
    /// - Throws: `ManifestError`.
    package init(parsing text: RawSpan, file: String) throws(ManifestError) {
        func fault(_ problem: String) -> ManifestError {
            ManifestError(file: file, problem: problem)
        }
        guard text.byteCount <= Self.largestSize else { throw fault("it is too long") }
        let document: TOMLValue
        do {
            document = try TOMLValue(parsing: text.text)
        } catch {
            throw fault("line \(error.line): \(error.problem)")
        }
        do throws(ManifestTable.Fault) {
            var table = try ManifestTable(document, path: "")
            guard try table.integer("format") == Self.format else {
                throw ManifestTable.Fault("it is of another format; use a newer uprof")
            }
            name = try table.string("name")
            version = try table.string("version")
            summary = try table.string("summary")
            var run = try table.table("run")
            command = try run.choice("command", of: Command.self)
            arguments = command == .object ? [] : try run.strings("arguments")
            try run.finish()
            object = command == .object ? try ObjectManifest(&table) : nil
            try table.finish()
        } catch {
            throw fault(error.problem)
        }
    }
}
