internal import Bytes

/// How every ELF file begins.
enum ELFMagic {
    /// Whether bytes begin like that.
    static func begins(_ bytes: RawSpan) -> Bool {
        bytes.byte(at: 0) == 0x7f && bytes.byte(at: 1) == UInt8(ascii: "E")
            && bytes.byte(at: 2) == UInt8(ascii: "L") && bytes.byte(at: 3) == UInt8(ascii: "F")
    }
}
