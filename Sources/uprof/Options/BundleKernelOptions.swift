internal import ArgumentParser

/// Which kernels a bundle carries the types of.
struct BundleKernelOptions: ParsableArguments {
    @Option(help: ArgumentHelp("All kernels of a hub (uprof btf).", valueName: "directory"))
    var hub: String?

    @Option(
        help: ArgumentHelp(
            "One kernel's types, in a file named RELEASE.btf; may be repeated.",
            valueName: "file"))
    var btf: [String] = []

    func validate() throws {
        if hub != nil, !btf.isEmpty {
            throw ValidationError("--hub and --btf exclude each other; give one of them")
        }
    }
}
