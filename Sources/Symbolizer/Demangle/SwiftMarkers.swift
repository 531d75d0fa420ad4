/// Marks of generic parameters in Swift's names: that one is a pack (`Rv`) or a value (`RV`).
///
/// Swift's demangler ends the process over one that is not taken in by a signature
/// (NodePrinter.cpp, "should be printed as a child of a DependentGenericSignature"). That much is
/// certain only where the signature ends right behind it.
enum SwiftMarkers {
    /// Whether a name has nothing but marks whose signature ends behind them. Of 53,000 names in the
    /// libraries of Swift 6.3, four are refused.
    static func areSafe(in name: String) -> Bool {
        let bytes = Array(name.utf8)
        for index in bytes.indices.dropLast(2)
        where bytes[index] == UInt8(ascii: "R") && bytes[index + 1] | 0x20 == UInt8(ascii: "v") {
            guard let end = endOfParameter(at: index + 2, in: bytes) else { continue }
            let next = end < bytes.count ? bytes[end] : 0
            guard next == UInt8(ascii: "l") || next == UInt8(ascii: "r") else { return false }
        }
        return true
    }

    /// Where the number of a parameter ends (docs/ABI/Mangling.rst, GENERIC-PARAM-INDEX); nil if there
    /// is none.
    private static func endOfParameter(at start: Int, in bytes: [UInt8]) -> Int? {
        switch bytes[start] {
        case UInt8(ascii: "z"), UInt8(ascii: "s"): start + 1
        case UInt8(ascii: "d"):
            endOfIndex(at: start + 1, in: bytes).flatMap { endOfIndex(at: $0, in: bytes) }
        default: endOfIndex(at: start, in: bytes)
        }
    }

    /// Where an index ends: digits, if it has any, and an underscore.
    private static func endOfIndex(at start: Int, in bytes: [UInt8]) -> Int? {
        let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) }
        return end.flatMap { bytes[$0] == UInt8(ascii: "_") ? $0 + 1 : nil }
    }
}
