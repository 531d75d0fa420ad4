/// Which key made a signature: 8 random bytes that both carry.
///
/// It only picks the key to check with; it proves nothing.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// The number of bytes.
    static let size = 8

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// As minisign prints it: a little-endian number in upper-case hexadecimal digits.
    package var description: String {
        Array(bytes.reversed()).hexadecimal.uppercased()
    }
}
