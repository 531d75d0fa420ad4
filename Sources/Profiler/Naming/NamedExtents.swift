internal import Report
internal import Symbolizer

/// Frames by the addresses they are at: extents in their order, none of which overlap.
protocol NamedExtents {
    /// How many extents there are.
    var count: Int { get }

    /// The addresses of an extent.
    func extent(_ index: Int) -> Range<UInt64>

    /// The frames there, root first; nil if they cannot be read.
    func frames(_ index: Int) -> [Frame]?
}

extension NamedExtents {
    /// The index of the first extent that starts behind an address.
    func next(after address: UInt64) -> Int {
        (0..<count).partitionPoint { extent($0).lowerBound <= address }
    }

    /// The index of the extent that an address is in.
    func index(at address: UInt64) -> Int? {
        let index = next(after: address) - 1
        return index >= 0 && extent(index).contains(address) ? index : nil
    }

    /// The addresses around one in no extent that are in none either.
    func gap(around address: UInt64) -> Range<UInt64> {
        let next = next(after: address)
        let start = next > 0 ? extent(next - 1).upperBound : 0
        let end = next < count ? extent(next).lowerBound : .max
        return start..<max(start, end)
    }

    /// Whether one of the extents next to an address in none is of a function.
    func isNextTo(_ function: Frame, _ address: UInt64) -> Bool {
        let next = next(after: address)
        return [next - 1, next].contains { index in
            guard (0..<count).contains(index), let other = frames(index)?.first else {
                return false
            }
            return other.name == function.name && other.linkageName == function.linkageName
        }
    }
}
