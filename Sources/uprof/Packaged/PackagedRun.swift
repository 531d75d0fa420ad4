internal import ArgumentParser
internal import Glibc
internal import Packager
internal import Profiler
internal import Symbolizer

/// What a bundle does when it is started: checks itself, then runs what it carries.
enum PackagedRun {
    /// The headers of this executable, if it is a bundle.
    static func ownImage() -> ELFImage? {
        guard let path = OwnExecutable.path, Bundle.isBundle(at: path) else { return nil }
        return OwnExecutable.image(name: OwnExecutable.arguments.first ?? "uprof")
    }

    /// Runs a bundle, and ends.
    static func main(_ image: ELFImage) {
        do {
            try run(image, try PackagedArguments(Array(OwnExecutable.arguments.dropFirst())))
        } catch {
            Uprof.exit(withError: error)
        }
    }

    private static func run(_ image: ELFImage, _ arguments: PackagedArguments) throws {
        let (bundle, manifest) = try Failure.reporting {
            // Nothing of it is used before all of it is known to be what was built.
            let bundle = try Bundle(image)
            if let key = arguments.requiredKey { try bundle.verify(KeyFiles.publicKey(key)) }
            return (bundle, try bundle.manifest())
        }
        switch arguments.request {
        case .help:
            try Failure.reporting { try StandardOutput.write(PackagedHelp.text(bundle, manifest)) }
        case .version:
            try Failure.reporting {
                try StandardOutput.write("\(manifest.name) \(manifest.version)\n")
            }
        case .doctor:
            let types = try Failure.reporting { try PackagedTypes(bundle) }
            try DoctorCommand.show(Doctor.examine(bundle: types?.export))
        case .run:
            try run(manifest, of: bundle, arguments)
        }
    }

    private static func run(
        _ manifest: Manifest, of bundle: Bundle, _ arguments: PackagedArguments
    ) throws {
        if let programs = manifest.object {
            let object = try Failure.reporting {
                try PackagedObject(bundle, manifest, programs)
            }
            return try object.run(arguments)
        }
        let words =
            [manifest.command.rawValue]
            + RunArguments.merge(manifest.arguments, with: arguments.options)
        var command = try parse(words)
        try Failure.reporting { try checkHost() }
        guard needsTypes(command) else { return try command.run() }
        let choice = try Failure.reporting {
            try PackagedTypes.choose(
                from: try PackagedTypes(bundle), allowingNearest: arguments.allowsNearest)
        }
        if !words.contains("--quiet"), !words.contains("-q") {
            StandardError.write("uprof: types of the kernel: \(choice.words)\n")
        }
        if let path = choice.path {
            command = try parse(words.prefix(1) + ["--btf", path] + words.dropFirst())
        }
        try command.run()
        withExtendedLifetime(choice) {}
    }

    private static func parse(_ words: some Collection<String>) throws -> any ParsableCommand {
        try Uprof.parseAsRoot(Array(words))
    }

    /// Whether BPF programs will be loaded: if not, what is run says why.
    private static func needsTypes(_ command: any ParsableCommand) -> Bool {
        guard MeasurementRights.permitsBPF else { return false }
        return switch command {
        case let command as AttachCommand: command.kernel.btf == nil
        case let command as RecordCommand:
            command.kernel.btf == nil && command.sampling.backend != .perf
        default: false
        }
    }

    /// Checks that processes can be looked at.
    ///
    /// - Throws: `NoProcessFiles` if not.
    static func checkHost() throws(NoProcessFiles) {
        if access("/proc/self/maps", F_OK) != 0 { throw NoProcessFiles() }
    }
}

/// Nothing is known of processes.
struct NoProcessFiles: Error, CustomStringConvertible {
    var description: String { "no /proc here; mount it: mount -t proc proc /proc" }
}
