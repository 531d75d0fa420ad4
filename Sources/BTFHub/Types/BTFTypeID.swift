/// The number of a type within its type information; 0 is void.
///
/// The types of split type information are numbered on from those of its base.
package struct BTFTypeID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// No type: `void`.
    package static let void = BTFTypeID(0)

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var description: String { "[\(rawValue)]" }
}
