/// A function of a BPF program (`struct bpf_func_info`).
package struct ProgramFunction: Hashable, Sendable {
    /// The section of the program.
    package let section: String
    /// Its first instruction, in bytes from the start of the section.
    package let instruction: UInt32
    /// The type of the function.
    package let type: BTFTypeID
}
