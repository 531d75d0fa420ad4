/// The source line of an instruction (`struct bpf_line_info`).
package struct ProgramLine: Hashable, Sendable {
    /// The section of the program.
    package let section: String
    /// The instruction, in bytes from the start of the section.
    package let instruction: UInt32
    /// The name of the source file.
    package let file: String
    /// The text of the line.
    package let text: String
    /// The number of the line, from 1.
    package let line: UInt32
    /// The column, from 1; 0 for none.
    package let column: UInt32
}
