/// The registers of a thread at a frame, as far as they are known there.
///
/// They have DWARF's numbers (System V psABI for x86-64, figure 3.36).
package struct UnwindRegisters: Equatable, Sendable {
    /// How many general registers there are.
    package static let count = 16

    /// The program counter.
    package var programCounter: UInt64
    private var values: [UInt64]
    private var known: UInt16 = 0

    static let rbx: UInt8 = 3
    static let rbp: UInt8 = 6
    static let rsp: UInt8 = 7

    /// Takes the registers of a thread that was interrupted: all are known.
    ///
    /// - Parameters:
    ///   - programCounter: Where it was.
    ///   - values: The general registers, in the order of DWARF's numbers; zeros are put in for
    ///     missing ones.
    package init(programCounter: UInt64, values: some Sequence<UInt64>) {
        self.programCounter = programCounter
        self.values = Array(values.prefix(Self.count))
        self.values += Array(repeating: 0, count: Self.count - self.values.count)
        known = .max
    }

    /// The value of a register; nil where it is not known.
    package subscript(register: UInt8) -> UInt64? {
        get {
            guard register < Self.count, known >> register & 1 == 1 else { return nil }
            return values[Int(register)]
        }
        set {
            guard register < Self.count else { return }
            known &= ~(1 << register)
            guard let newValue else { return }
            values[Int(register)] = newValue
            known |= 1 << register
        }
    }

    /// Forgets all registers but those that are followed from frame to frame.
    mutating func keepFollowed() {
        known &= 1 << Self.rbx | 1 << Self.rbp | 1 << Self.rsp
    }
}
