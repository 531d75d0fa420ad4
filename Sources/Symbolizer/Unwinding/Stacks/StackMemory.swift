/// Bytes of a thread's stack, copied when it was interrupted.
package struct StackMemory: Sendable {
    /// The address of the first byte: the stack pointer, or less.
    package let address: UInt64
    private let bytes: [UInt8]

    /// Takes a copy of a part of a stack.
    package init(address: UInt64, bytes: [UInt8]) {
        self.address = address
        self.bytes = bytes
    }

    /// The 8 bytes at an address, or nil where they are not part of the copy.
    package func word(at place: UInt64) -> UInt64? {
        guard place >= address, let offset = Int(exactly: place - address),
            offset <= bytes.count - 8
        else { return nil }
        return bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
}
