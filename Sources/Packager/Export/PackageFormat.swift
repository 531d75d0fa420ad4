/// A form that a bundle can be handed on in.
package enum PackageFormat: String, Sendable, CaseIterable {
    /// An archive of the installed files.
    case tar
    /// An OCI image layout: a directory.
    case oci
    /// A package for RHEL, Fedora, SUSE and their kin.
    case rpm
    /// A package for Debian, Ubuntu and their kin.
    case deb
}
