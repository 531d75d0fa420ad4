internal import Glibc
package import SystemPackage

/// Makes type information from the debugging information (DWARF) of a kernel, by pahole.
package enum TypesGenerator {
    /// Those that DataDog's fork of BTFHub uses: floating-point numbers, functions whose
    /// prototypes the compiler has changed left out, and those it has optimized put in.
    private static let options = [
        "--btf_gen_floats", "--skip_encoding_btf_inconsistent_proto", "--btf_gen_optimized",
    ]

    /// Writes the type information of an image to a file, which is there only if all went well.
    ///
    /// - Returns: The type information, checked.
    /// - Throws: `HubError` if pahole is not there or fails, or what it makes is damaged.
    package static func generate(
        from image: FilePath, to output: FilePath
    ) throws(HubError) -> BTF {
        let temporary = FilePath("\(output.string).\(getpid()).tmp")
        defer { unlink(temporary.string) }
        try runPahole(on: image, to: temporary)
        let types = try check(temporary, of: image)
        guard rename(temporary.string, output.string) == 0 else {
            throw HubError(output.string, .system(Errno(rawValue: errno)))
        }
        return types
    }

    /// Runs pahole, without those of the options that its version does not know.
    private static func runPahole(on image: FilePath, to output: FilePath) throws(HubError) {
        guard access(image.string, R_OK) == 0 else {
            throw HubError(image.string, .system(Errno(rawValue: errno)))
        }
        var options = options
        while true {
            let arguments = ["--btf_encode_detached=\(output.string)"] + options + [image.string]
            let run = try pahole(arguments, image)
            if run.status == 0 { return }
            let known = options.filter { !run.errors.contains("option '\($0)'") }
            guard known.count < options.count else {
                let status = "status \(run.status)"
                throw HubError(
                    image.string,
                    .failed(program: "pahole", status: status, message: run.lastErrors))
            }
            options = known
        }
    }

    private static func pahole(
        _ arguments: [String], _ image: FilePath
    ) throws(HubError) -> ProgramRun {
        do {
            return try ProgramRun("pahole", arguments)
        } catch .noSuchFileOrDirectory {
            throw HubError(image.string, .missingProgram("pahole", package: "dwarves"))
        } catch {
            throw HubError("pahole", .system(error))
        }
    }

    private static func check(
        _ file: FilePath, of image: FilePath
    ) throws(HubError) -> BTF {
        // pahole succeeds with nothing to show on images without debugging information.
        guard access(file.string, R_OK) == 0 else { throw HubError(image.string, .nothingInside) }
        do {
            let types = try BTF(path: file)
            try types.verify()
            guard types.typeCount > 1 else { throw HubError(image.string, .nothingInside) }
            return types
        } catch let error as BTFError {
            throw HubError(image.string, .types(error))
        } catch {
            throw HubError(image.string, .nothingInside)
        }
    }
}
