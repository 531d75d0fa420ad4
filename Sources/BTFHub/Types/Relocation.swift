/// A place in a BPF program that depends on the kernel's types (`struct bpf_core_relo`).
package struct Relocation: Hashable, Sendable {
    /// The section of the program.
    package let section: String
    /// The instruction, in bytes from the start of the section.
    package let instruction: UInt32
    /// The type of the program it starts from.
    package let root: BTFTypeID
    /// The way from there, as indexes: `0:1:2`.
    package let access: String
    /// What is asked.
    package let kind: RelocationKind

    /// Whether its program is loaded unless somebody says otherwise: libbpf leaves out those in
    /// sections like `?kprobe`.
    package var isLoadedByDefault: Bool { !section.hasPrefix("?") }
}
