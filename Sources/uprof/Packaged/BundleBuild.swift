internal import BTFHub
internal import Bytes
internal import Glibc
internal import Packager
internal import Profiler
internal import Symbolizer
internal import SystemPackage

/// Puts a bundle together.
struct BundleBuild {
    /// A bundle and what to say of it.
    struct Result {
        let bytes: [UInt8]
        let words: String
        /// Kernels that are not in it, and why.
        let failures: [String]
    }

    /// Where `make static` leaves a static uprof.
    private static let builtExecutable = "dist/uprof"
    private static let typesName = "kernels.uprofbtf"

    let manifest: Manifest
    /// The object of others that it runs, and the text that says how.
    var foreign: (object: MappedFile, manifest: [UInt8])?
    /// The static uprof to build from; nil for this one, or the one that was built beside it.
    var executable: String?
    var hub: String?
    /// Files with the types of one kernel each.
    var files: [String] = []

    init(manifest: Manifest) {
        self.manifest = manifest
    }

    /// Builds it.
    ///
    /// - Throws: `BundleError`, `ELFError`, `HubError`, `BTFError`, `MinimizingError`, or
    ///   `ObjectError` if the object does not have what the manifest says.
    func run() throws -> Result {
        let own = try foreign.map { try foreignPrograms($0.object) }
        let objects = EmbeddedObject.all(of: manifest.command)
        let image = try executableImage()
        for object in objects { try check(image, carries: object) }
        var writer = BundleWriter(executable: image)
        try writer.add(
            .manifest, name: Manifest.entryName,
            bytes: foreign?.manifest ?? Array(manifest.text.utf8))
        if let foreign {
            try writer.add(
                .object, name: Manifest.objectName, bytes: foreign.object.bytes.array)
        }
        let programs =
            try own.map { [$0] }
            ?? objects.map { try ProgramObject(file: $0.file, name: $0.rawValue) }
        for (name, text) in Licences.texts { try writer.add(.licence, name: name, bytes: text) }
        let types = try export(for: programs)
        if let types { try writer.add(.btf, name: Self.typesName, bytes: types.bytes) }
        let bytes = try writer.encoded()
        let kernels =
            types.map {
                "types of \($0.kernels) \($0.kernels == 1 ? "kernel" : "kernels") (\($0.contents) distinct) in \($0.bytes.count) bytes"
            }
            ?? (programs.allSatisfy(\.relocations.isEmpty)
                ? "for any kernel, as it needs no types"
                : "for kernels with types of their own only; --hub adds others")
        return Result(
            bytes: bytes, words: "\(bytes.count) bytes, \(kernels)",
            failures: types?.failures.map { "left out \($0.record.release): \($0.reason)" } ?? [])
    }

    /// The object of others, once it was found to have what the manifest says.
    private func foreignPrograms(_ file: MappedFile) throws -> ProgramObject {
        if let object = manifest.object {
            try ObjectSession.check(
                try ObjectConfiguration(object, name: manifest.name, object: file))
        }
        return try ProgramObject(file: file, name: manifest.name)
    }

    private func export(for programs: [ProgramObject]) throws -> BTFHub.Exporter.Result? {
        // Without relocations, any kernel will do.
        guard hub != nil || !files.isEmpty,
            programs.contains(where: { !$0.relocations.isEmpty })
        else { return nil }
        guard let hub else {
            return try BTFHub.Exporter.export(
                files: files.map { FilePath($0) }, objects: programs)
        }
        return try BTFHub.Exporter(try Hub(FilePath(hub)), objects: programs).export()
    }

    private func executableImage() throws -> ELFImage {
        if let executable { return try ELFImage(path: FilePath(executable)) }
        if let own = OwnExecutable.image(name: "this uprof"), own.isStatic { return own }
        guard access(Self.builtExecutable, R_OK) == 0 else {
            throw BundleError.unusable(
                "this uprof needs libraries of its host; make a static one (make static) and name"
                    + " it with --executable")
        }
        return try ELFImage(path: FilePath(Self.builtExecutable))
    }

    /// The types are reduced to what the programs of this uprof need: the bundle must have the
    /// same.
    private func check(
        _ image: ELFImage, carries object: EmbeddedObject
    ) throws(BundleError) {
        let programs = object.storedBytes
        guard image.file.bytes.contains(programs.span.bytes) else {
            throw .unusable(
                "\(image.name) is no uprof, or another build than this one; make both anew")
        }
    }
}

extension EmbeddedObject {
    /// The programs of a command, one of which a kernel will be given; where that is another's
    /// object, those by which an executable shows that it is this uprof.
    static func all(of command: Manifest.Command) -> [EmbeddedObject] {
        switch command {
        case .attach, .object: [.attach, .attachLegacy]
        case .record: [.record, .recordLegacy]
        }
    }
}
