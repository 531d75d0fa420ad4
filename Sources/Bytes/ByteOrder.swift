/// The order of the bytes of an integer in a file.
@frozen
package enum ByteOrder: Sendable {
    /// The least significant byte first.
    case little
    /// The most significant byte first.
    case big
}
