/// The identity a linker gave an image (`NT_GNU_BUILD_ID`), the same in its debug file.
package struct BuildID: Hashable, Sendable, CustomStringConvertible {
    /// The bytes; 20 of them by default, but 8 and 16 occur.
    package let bytes: [UInt8]

    /// Makes the identity of its bytes.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes in hexadecimal digits, as `file` and debuginfod write them.
    package var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
