/// An extent: the addresses around one for which what was found of it is true as well. Whoever finds a
/// part of that narrows it.
extension Range<UInt64> {
    /// Every address but the last, which no code is at.
    package static var everywhere: Range<UInt64> { 0..<(.max) }

    /// Takes out what is not in another range.
    @inline(__always)
    mutating func narrow(to other: Range<UInt64>) { self = clamped(to: other) }

    /// Leaves one address alone.
    mutating func narrow(toOnly address: UInt64) {
        self = address..<(address == .max ? address : address + 1)
    }
}
