/// The instructions that say how the rules of a frame change (DWARF 5, section 7.24).
enum CallFrameInstruction {
    static let advanceLocation: UInt8 = 0x40
    static let offset: UInt8 = 0x80
    static let restore: UInt8 = 0xc0
    static let nop: UInt8 = 0x00
    static let setLocation: UInt8 = 0x01
    static let advanceLocation1: UInt8 = 0x02
    static let advanceLocation2: UInt8 = 0x03
    static let advanceLocation4: UInt8 = 0x04
    static let offsetExtended: UInt8 = 0x05
    static let restoreExtended: UInt8 = 0x06
    static let undefined: UInt8 = 0x07
    static let sameValue: UInt8 = 0x08
    static let register: UInt8 = 0x09
    static let rememberState: UInt8 = 0x0a
    static let restoreState: UInt8 = 0x0b
    static let defineCFA: UInt8 = 0x0c
    static let defineCFARegister: UInt8 = 0x0d
    static let defineCFAOffset: UInt8 = 0x0e
    static let defineCFAExpression: UInt8 = 0x0f
    static let expression: UInt8 = 0x10
    static let offsetExtendedSigned: UInt8 = 0x11
    static let defineCFASigned: UInt8 = 0x12
    static let defineCFAOffsetSigned: UInt8 = 0x13
    static let valueOffset: UInt8 = 0x14
    static let valueOffsetSigned: UInt8 = 0x15
    static let valueExpression: UInt8 = 0x16
    /// GCC: how many bytes of arguments are on the stack, which its CFA has counted already.
    static let argumentsSize: UInt8 = 0x2e
    /// GCC, before 3.0: an offset whose sign is wrong.
    static let negativeOffsetExtended: UInt8 = 0x2f
}
