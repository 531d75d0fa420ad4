internal import ArgumentParser

/// Where the types of the kernel come from.
struct KernelTypesOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The types of this kernel (BTF), where it has none; see uprof btf find.",
            valueName: "file"))
    var btf: String?
}
