internal import ArgumentParser
internal import BTFHub
internal import SystemPackage

/// `uprof btf generate`.
struct BTFGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make type information from a kernel's debugging information.",
        discussion: """
            The image is an uncompressed kernel with DWARF, from a debug package. The work
            is done by pahole (Debian's package dwarves), and looked at afterwards.

            Example:
              uprof btf generate vmlinux -o 4.18.0-147.el8.x86_64.btf
            """)

    @Argument(help: ArgumentHelp("The image of the kernel.", valueName: "vmlinux"))
    var image: String

    @Option(name: .customShort("o"), help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    func run() throws {
        try Failure.reporting {
            let types = try TypesGenerator.generate(
                from: FilePath(image), to: FilePath(output))
            StandardError.write("uprof: \(types.typeCount - 1) types, \(types.byteCount) bytes\n")
        }
    }
}
