/// What a line program begins with (DWARF 5, section 6.2.4): how to run it, and its files.
struct LineHeader: Sendable {
    /// A file of the program.
    struct File: Sendable {
        /// The name, absolute or relative to the directory.
        var name: StringLocation
        /// The directory, by its number.
        var directory: UInt64
    }

    /// How its integers are written.
    var encoding: UnitEncoding
    /// Where the program starts in the section.
    var program: UInt64 = 0
    /// Where the program ends.
    var end: UInt64 = 0
    /// How many bytes the shortest instruction has: the unit of addresses.
    var instructionSize: UInt64 = 1
    /// How many operations an instruction has, of machines that bundle them.
    var operationsPerInstruction: UInt64 = 1
    /// The lowest advance of the line by a special opcode.
    var lineBase: Int64 = 0
    /// How many advances of the line special opcodes know.
    var lineRange: UInt64 = 0
    /// The first special opcode.
    var opcodeBase: UInt8 = 0
    /// How many operands each standard opcode has, the first of them has number 1.
    var operandCounts: [UInt8] = []
    /// The directories; before DWARF 5, number 0 is the compilation directory and not among them.
    var directories: [StringLocation] = []
    /// The files; before DWARF 5 numbers begin with 1.
    var files: [File] = []

    /// The file of a number.
    func file(_ number: UInt64) -> File? {
        let index = encoding.version >= 5 ? number : number &- 1
        return index < UInt64(files.count) ? files[Int(index)] : nil
    }

    /// The directory of a number, or nil for one that is not listed.
    func directory(_ number: UInt64) -> StringLocation? {
        let index = encoding.version >= 5 ? number : number &- 1
        return index < UInt64(directories.count) ? directories[Int(index)] : nil
    }
}
