/// Why a row of unwind information is not followed.
package enum UnsupportedUnwindRule: UInt8, Hashable, Sendable, CaseIterable {
    /// The CFA is a DWARF expression of no known form.
    case cfaExpression = 1
    /// The CFA is relative to a register uprof does not follow.
    case cfaRegister = 2
    /// The return address is where uprof does not look.
    case returnAddress = 3
    /// The caller's stack pointer is not the CFA (`longjmp` of libc).
    case stackPointer = 4
    /// An offset is too large.
    case offset = 5
    /// The instructions of the row cannot be decoded.
    case malformed = 6
}
