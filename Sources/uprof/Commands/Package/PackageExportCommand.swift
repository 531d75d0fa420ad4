internal import ArgumentParser
internal import Bytes
internal import Packager
internal import Symbolizer
internal import SystemPackage

/// `uprof package export`.
struct PackageExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Make a package of a bundle.",
        discussion: """
            tar is an archive of the installed files, oci an image layout (a directory) that
            skopeo and oras can push, rpm and deb are made by rpmbuild and dpkg-deb. Name,
            version and summary are the manifest's. The same bundle gives the same package.

            Example:
              uprof package export malloc-latency --format deb -o malloc-latency.deb
            """)

    @Option(help: "The form.")
    var format: PackageFormat

    @Option(name: .customShort("o"), help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        try Failure.reporting {
            let image = try ELFImage(path: FilePath(bundle))
            let bundle = try Bundle(image)
            let manifest = try bundle.manifest()
            let package = try ExportedPackage(
                name: manifest.name, version: manifest.version, summary: manifest.summary,
                machine: PackageMachine(image.machine), executable: bundle.bytes.array,
                licences: bundle.entries(.licence).map { entry in
                    (entry.name, bundle.contents(of: entry).bytes.array)
                })
            try Exporter(package).write(format, to: output)
            StandardError.write("uprof: wrote \(output)\n")
        }
    }
}

extension PackageFormat: ExpressibleByArgument {}
