internal import ArgumentParser

/// `uprof btf`.
struct BTFCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "btf",
        abstract: "Type information of kernels: keep it, find it, make it small.",
        discussion: """
            BPF programs find the fields of kernel structures by the kernel's type
            information (BTF). Kernels before about 5.4 have none; a hub has it for them.
            A hub is a directory in the layout of BTFHub's archive:
            distribution/version/architecture/release.btf or .btf.tar.xz.

            Examples:
              uprof btf index ~/btfhub-archive
              uprof btf find --release 3.10.0-1160.el7.x86_64
              uprof btf export --object probe.bpf.o --hub ~/hub -o kernels.uprofbtf
            """,
        subcommands: [
            BTFIndexCommand.self, BTFListCommand.self, BTFFindCommand.self,
            BTFGenerateCommand.self, BTFMinimizeCommand.self, BTFExportCommand.self,
            BTFVerifyCommand.self, BTFFetchCommand.self,
        ])
}
