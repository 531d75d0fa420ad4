/// How an integer is stored (the word after `BTF_KIND_INT`).
package struct BTFInteger: Hashable, Sendable {
    /// The word itself.
    package let encoding: UInt32

    /// Whether it has a sign.
    package var isSigned: Bool { encoding >> 24 & 1 != 0 }

    /// Where it starts within its bytes, in bits; not 0 only of bit fields of old compilers.
    package var bitOffset: UInt32 { encoding >> 16 & 0xff }

    /// How many bits it has.
    package var bits: UInt32 { encoding & 0xff }
}
