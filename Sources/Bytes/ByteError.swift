/// Bytes that do not hold what was to be read from them, and where.
package struct ByteError: Error, Equatable, CustomStringConvertible {
    /// What was wrong at the offset.
    package enum Reason: Equatable, Sendable {
        /// The bytes end before the value does; the count is what the value needs.
        case truncated(needed: UInt64)
        /// A variable-length integer does not fit 64 bits.
        case integerTooLarge
        /// No zero byte ends the string.
        case unterminatedString
    }

    /// What was wrong.
    package let reason: Reason
    /// Where, in bytes from the start of the file.
    package let offset: UInt64

    /// Makes the error for a reason at an offset.
    package init(_ reason: Reason, at offset: UInt64) {
        self.reason = reason
        self.offset = offset
    }

    package var description: String {
        let place = "at offset 0x\(String(offset, radix: 16))"
        return switch reason {
        case .truncated(let needed): "truncated \(place), where \(needed) bytes are expected"
        case .integerTooLarge: "integer of more than 64 bits \(place)"
        case .unterminatedString: "string without an end \(place)"
        }
    }
}
