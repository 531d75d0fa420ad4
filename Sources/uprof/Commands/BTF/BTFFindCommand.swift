internal import ArgumentParser
internal import BTFHub
internal import Report
internal import SystemPackage

/// `uprof btf find`.
struct BTFFindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Find the type information of a kernel.",
        discussion: """
            Looks in the kernel itself, in the files libbpf knows, then in a hub or an
            export; for another host than this one, in the hub or export only. The kernel
            release decides; what the system calls itself only chooses among several
            files of the release. Prints the place, and why it is the right one.

            Examples:
              uprof btf find
              uprof btf find --release 3.10.0-1160.el7.x86_64 --hub ~/btfhub-archive
            """)

    @OptionGroup(title: "Hub")
    var hub: HubOptions

    @Option(help: ArgumentHelp("An export to look in instead of a hub.", valueName: "file"))
    var export: String?

    @OptionGroup(title: "Host")
    var host: HostOptions

    @Option(help: ArgumentHelp("Use this file, whatever else there is.", valueName: "file"))
    var btf: String?

    @Flag(help: "Take a similar kernel release if there is no other. Offsets may be wrong!")
    var allowNearest = false

    @Option(
        name: .customShort("o"),
        help: ArgumentHelp("Write the type information to a file.", valueName: "file"))
    var output: String?

    func run() throws {
        try Failure.reporting {
            let host = try host.host()
            switch try find(host) {
            case .found(let place):
                try show(place, host)
                if let output { try OutputFile(output).write(try contents(of: place)) }
            case .undecided(let match):
                throw TypesNotFound(host: host, match: match)
            case .nothing:
                throw TypesNotFound(host: host, match: nil)
            }
        }
    }

    private func find(_ host: Host) throws -> TypesLocator.Finding {
        let file = btf.map { FilePath($0) }
        guard self.host.isThisHost || file != nil else {
            let match = try HubLookup.find(
                host, in: try catalog(), allowingNearest: allowNearest)
            if case .found(let record, let reason) = match { return .found(.hub(record, reason)) }
            return .undecided(match)
        }
        let locator = TypesLocator()
        let finding = try locator.find(host, file: file)
        guard case .nothing = finding else { return finding }
        return try locator.find(host, in: try catalog(), allowingNearest: allowNearest)
    }

    private func catalog() throws -> any KernelCatalog {
        if let export { return try Export(path: FilePath(export)) }
        return try hub.open().index
    }

    private func show(_ place: TypesLocator.Place, _ host: Host) throws {
        let (file, from, why) = try words(for: place)
        let lines = ["file     \(file)", "from     \(from)", "why      \(why)"]
        try StandardOutput.write("kernel   \(HarmlessText.of(host.release))\n")
        for line in lines { try StandardOutput.write("\(HarmlessText.of(line))\n") }
    }

    private func words(
        for place: TypesLocator.Place
    ) throws -> (file: String, from: String, why: String) {
        switch place {
        case .named(let path): (path.string, "the command line", "named by --btf")
        case .kernel(let path): (path.string, "the kernel itself", "it is the running kernel's")
        case .image(let path): (path.string, "the kernel's image", "same kernel release")
        case .hub(let record, let reason):
            (
                try export ?? hub.open().path.pushing(record.path).string,
                [record.distribution, record.version, record.release].filter { !$0.isEmpty }
                    .joined(separator: "/") + (record.origin.isEmpty ? "" : ", \(record.origin)"),
                reason.words
            )
        }
    }

    private func contents(of place: TypesLocator.Place) throws -> [UInt8] {
        switch place {
        case .named(let path), .kernel(let path), .image(let path):
            try BTF(path: path).contents
        case .hub(let record, _):
            if let export {
                try Export(path: FilePath(export)).contents(of: record)
            } else {
                try hub.open().open(record).contents
            }
        }
    }
}
