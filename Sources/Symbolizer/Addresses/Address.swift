/// A virtual address: of a process, or as an image states it before it is loaded.
package struct Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    package let rawValue: UInt64

    /// Makes an address of a number.
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package var description: String { "0x" + String(rawValue, radix: 16) }

    package static func < (left: Address, right: Address) -> Bool {
        left.rawValue < right.rawValue
    }
}
