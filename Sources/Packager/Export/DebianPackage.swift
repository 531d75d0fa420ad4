internal import Processes

/// A package made by `dpkg-deb`.
struct DebianPackage: PackageRecipe {
    private let package: ExportedPackage

    let toolPackage = "dpkg"

    init(_ package: ExportedPackage) {
        self.package = package
    }

    var files: [PackageFile] {
        package.files + [
            PackageFile(path: "DEBIAN", contents: nil),
            PackageFile(path: "DEBIAN/control", contents: Array(control.utf8)),
        ]
    }

    func command(in directory: String) -> BoundedProcess {
        BoundedProcess(
            "dpkg-deb",
            [
                "--root-owner-group", "-Zxz", "--build", "\(directory)/tree",
                "\(directory)/package.deb",
            ])
    }

    func result(in directory: String) -> String { "\(directory)/package.deb" }

    private var control: String {
        let size = package.files.reduce(0) { $0 + ($1.contents?.count ?? 0) }
        return """
            Package: \(package.name)
            Version: \(package.version)
            Architecture: \(package.machine.deb)
            Maintainer: the makers of the bundle <root@localhost>
            Installed-Size: \((size + 1023) / 1024)
            Section: utils
            Priority: optional
            Description: \(package.summary)
             A bundle of uprof: one executable with its BPF programs and the type
             information of the kernels it was made for.

            """
    }
}
