/// The identity a linker gave an image (`NT_GNU_BUILD_ID`), the same in its debug file.
package struct BuildID: Hashable, Sendable, CustomStringConvertible {
    /// The bytes; 20 of them by default, but 8 and 16 occur.
    package let bytes: [UInt8]

    /// Makes the identity of its bytes.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The bytes in hexadecimal digits, as `file` and debuginfod write them.
    package var description: String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = Self.digits[Int(byte >> 4)]
                text[2 * index + 1] = Self.digits[Int(byte & 15)]
            }
            return 2 * bytes.count
        }
    }
}
