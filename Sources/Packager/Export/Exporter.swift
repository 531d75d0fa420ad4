internal import Processes
internal import SystemPackage

/// Writes a bundle in one of the forms it can be handed on in.
package struct Exporter: Sendable {
    /// How long a packaging tool may take.
    private static let timeLimit = Duration.seconds(300)

    private let package: ExportedPackage

    /// Prepares to write a package.
    package init(_ package: ExportedPackage) {
        self.package = package
    }

    /// Writes the package to a path: a file, or for `oci` a directory that must not be there yet.
    ///
    /// - Throws: `ExportError`; nothing is left at the path then.
    package func write(_ format: PackageFormat, to path: String) throws(ExportError) {
        switch format {
        case .tar:
            let archive = try TarArchive(package.files, date: package.date)
            try FileTree.write(archive.bytes, to: path)
        case .oci: try FileTree.write(try OCILayout(package).files, under: path)
        case .rpm: try build(RPMPackage(package), to: path)
        case .deb: try build(DebianPackage(package), to: path)
        }
    }

    private func build(_ recipe: some PackageRecipe, to path: String) throws(ExportError) {
        let directory = try TemporaryTree()
        defer { directory.remove() }
        try FileTree.write(recipe.files, under: "\(directory.path)/tree")
        var process = recipe.command(in: directory.path)
        process.environment["SOURCE_DATE_EPOCH"] = String(package.date)
        process.environment["LC_ALL"] = "C"
        process.capturesErrors = true
        let outcome: BoundedProcess.Outcome
        do {
            outcome = try process.run(within: Self.timeLimit)
        } catch .noSuchFileOrDirectory {
            throw .missingTool(process.program, package: recipe.toolPackage)
        } catch {
            throw .toolFailed(process.program, error.description)
        }
        switch outcome {
        case .exited(0, _):
            try FileTree.move(try recipe.result(in: directory.path), to: path)
        case .exited(_, let output):
            let text = String(decoding: output.suffix(2_000), as: UTF8.self)
            throw .toolFailed(process.program, text)
        case .timedOut:
            throw .toolFailed(process.program, "it took more than \(Self.timeLimit)")
        }
    }
}
