/// An offset from the start of a file.
package struct FileOffset: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    package let rawValue: UInt64

    /// Makes an offset of a number.
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package var description: String { "0x" + String(rawValue, radix: 16) }

    package static func < (left: FileOffset, right: FileOffset) -> Bool {
        left.rawValue < right.rawValue
    }
}
