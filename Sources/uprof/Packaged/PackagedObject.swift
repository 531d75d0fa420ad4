internal import ArgumentParser
internal import BTFHub
internal import Bytes
internal import Packager
internal import Profiler
internal import Symbolizer
internal import SystemPackage

/// The BPF object of others that a bundle carries, and what its manifest says of it.
struct PackagedObject {
    private let bundle: Bundle
    private let manifest: Manifest
    private let programs: ObjectManifest
    private let file: MappedFile

    /// Takes it out of a bundle.
    ///
    /// - Throws: `BundleError.damaged` if there is none.
    init(_ bundle: Bundle, _ manifest: Manifest, _ programs: ObjectManifest) throws(BundleError) {
        guard let entry = bundle.entries(.object).first else {
            throw .damaged(file: bundle.name, "it has no object")
        }
        self.bundle = bundle
        self.manifest = manifest
        self.programs = programs
        file = MappedFile(contents: bundle.contents(of: entry).bytes.array)
    }

    /// Runs its programs until they are to end.
    ///
    /// - Throws: `ExitCode`.
    func run(_ arguments: PackagedArguments) throws {
        let chosen: ObjectArguments
        do throws(ObjectArguments.Fault) {
            chosen = try ObjectArguments(arguments.options, for: programs)
        } catch {
            StandardError.write("Error: \(error); see \(bundle.name) --help\n")
            throw ExitCode(Failure.usage)
        }
        try Failure.reporting {
            try PackagedRun.checkHost()
            try run(chosen, allowingNearest: arguments.allowsNearest)
        }
    }

    private func run(_ chosen: ObjectArguments, allowingNearest: Bool) throws {
        var configuration = try ObjectConfiguration(
            programs, name: manifest.name, object: file, arguments: chosen)
        let relocations = try ProgramObject(file: file, name: manifest.name).relocations
        // Without rights, the session says so.
        guard !relocations.isEmpty, MeasurementRights.permitsBPF else {
            return try run(configuration, chosen)
        }
        let choice = try PackagedTypes.choose(
            from: try PackagedTypes(bundle), allowingNearest: allowingNearest)
        if !chosen.isQuiet {
            StandardError.write("uprof: types of the kernel: \(choice.words)\n")
        }
        configuration.types = choice.path.map { FilePath($0) }
        try run(configuration, chosen)
        withExtendedLifetime(choice) {}
    }

    private func run(_ configuration: ObjectConfiguration, _ chosen: ObjectArguments) throws {
        let session = try ObjectSession(configuration)
        var display = try ObjectDisplay(chosen)
        let result = try session.run { event in try display.show(event) }
        try Failure.report(display.finish(result))
    }
}
