/// What a manifest says of a BPF object of others: which of its programs run where, what of its
/// maps is shown, and what the user can choose.
package struct ObjectManifest: Equatable, Sendable {
    /// The programs, in the order they are attached in.
    package let programs: [ManifestProgram]
    /// The maps that are shown, in the order they are.
    package let maps: [ManifestMap]
    /// What the user can choose.
    package let parameters: [ManifestParameter]

    /// Puts one together.
    package init(
        programs: [ManifestProgram], maps: [ManifestMap], parameters: [ManifestParameter]
    ) {
        self.programs = programs
        self.maps = maps
        self.parameters = parameters
    }
}
