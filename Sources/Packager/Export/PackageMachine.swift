package import Symbolizer

/// What each format calls an instruction set.
package enum PackageMachine: Sendable {
    case x86_64
    case aarch64

    /// That of an executable.
    package init(_ machine: ELFMachine) {
        self = machine == .arm64 ? .aarch64 : .x86_64
    }

    /// `rpm`'s name.
    var rpm: String { self == .x86_64 ? "x86_64" : "aarch64" }
    /// `dpkg`'s name.
    var deb: String { oci }
    /// The name in OCI images (that of Go, `GOARCH`).
    var oci: String { self == .x86_64 ? "amd64" : "arm64" }
}
