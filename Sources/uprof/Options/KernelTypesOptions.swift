internal import ArgumentParser
internal import Profiler
internal import Report

/// What the kernel is given: types where it has none, and programs it can run.
struct KernelTypesOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The types of this kernel (BTF), where it has none; see uprof btf find.",
            valueName: "file"))
    var btf: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Which BPF objects are loaded: modern or legacy (Linux 4.14); the best there is.",
            valueName: "family"))
    var objectFamily: ObjectFamily?
}

extension ObjectFamily: ExpressibleByArgument {}
