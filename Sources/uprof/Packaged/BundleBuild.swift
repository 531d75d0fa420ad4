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
    /// - Throws: `BundleError`, `ELFError`, `HubError`, `BTFError` or `MinimizingError`.
    func run() throws -> Result {
        let objects = EmbeddedObject.all(of: manifest.command)
        let image = try executableImage()
        for object in objects { try check(image, carries: object) }
        var writer = BundleWriter(executable: image)
        try writer.add(
            .manifest, name: Manifest.entryName, bytes: Array(manifest.text.utf8))
        for (name, text) in Licences.texts { try writer.add(.licence, name: name, bytes: text) }
        let types = try export(for: objects)
        if let types { try writer.add(.btf, name: Self.typesName, bytes: types.bytes) }
        let bytes = try writer.encoded()
        let kernels =
            types.map {
                "types of \($0.kernels) kernels (\($0.contents) distinct) in \($0.bytes.count) bytes"
            } ?? "for kernels with types of their own only; --hub adds others"
        return Result(
            bytes: bytes, words: "\(bytes.count) bytes, \(kernels)",
            failures: types?.failures.map { "left out \($0.record.release): \($0.reason)" } ?? [])
    }

    private func export(for objects: [EmbeddedObject]) throws -> BTFHub.Exporter.Result? {
        guard hub != nil || !files.isEmpty else { return nil }
        let programs = try objects.map { object in
            try ProgramObject(file: object.file, name: object.rawValue)
        }
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

    /// The types are reduced to what the programs of this uprof need: the bundle must have the same.
    private func check(
        _ image: ELFImage, carries object: EmbeddedObject
    ) throws(BundleError) {
        let programs = object.file
        guard image.file.bytes.contains(programs.bytes) else {
            throw .unusable(
                "\(image.name) is no uprof, or another build than this one; make both anew")
        }
    }
}

extension EmbeddedObject {
    /// The programs of a command, one of which a kernel will be given.
    static func all(of command: Manifest.Command) -> [EmbeddedObject] {
        switch command {
        case .attach: [.attach, .attachLegacy]
        case .record: [.record, .recordLegacy]
        }
    }
}
