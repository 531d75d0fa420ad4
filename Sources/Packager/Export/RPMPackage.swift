internal import Processes

/// A package made by `rpmbuild`.
///
/// Old hosts must read it: the payload is compressed with xz, which `rpm` of RHEL 6 knows.
struct RPMPackage: PackageRecipe {
    private let package: ExportedPackage

    let toolPackage = "rpm"

    init(_ package: ExportedPackage) {
        self.package = package
    }

    var files: [PackageFile] {
        [PackageFile(path: "root", contents: nil)]
            + package.files.map { file in
                var file = file
                file.path = "root/\(file.path)"
                return file
            } + [PackageFile(path: "package.spec", contents: Array(specification.utf8))]
    }

    func command(in directory: String) -> BoundedProcess {
        BoundedProcess(
            "rpmbuild",
            [
                "-bb", "--quiet", "--target", "\(package.machine.rpm)-linux",
                "--define", "_topdir \(directory)/build",
                "--define", "_rpmdir \(directory)",
                "--define", "_build_name_fmt package.rpm",
                "\(directory)/tree/package.spec",
            ])
    }

    func result(in directory: String) -> String { "\(directory)/package.rpm" }

    /// The executable is installed as it is: stripping it would break its signature.
    private var specification: String {
        let documents = package.licences.map { "/usr/share/doc/\(package.name)/\($0.name)" }
        return """
            %global __os_install_post %{nil}
            %global debug_package %{nil}
            %global _build_id_links none
            %global _binary_payload w6.xzdio
            %global _buildhost localhost
            %global use_source_date_epoch_as_buildtime 1
            %global clamp_mtime_to_source_date_epoch 1
            Name: \(package.name)
            Version: \(package.version)
            Release: 1
            Summary: \(package.summary.replacing("%", with: "%%"))
            License: Apache-2.0 AND GPL-2.0-only
            AutoReqProv: no
            %description
            \(package.summary.replacing("%", with: "%%"))
            %install
            cp -a %{_topdir}/../tree/root/. %{buildroot}/
            %files
            %attr(0755,root,root) /usr/bin/\(package.name)
            %dir %attr(0755,root,root) /usr/share/doc/\(package.name)
            \(documents.map { "%attr(0644,root,root) \($0)" }.joined(separator: "\n"))

            """
    }
}
