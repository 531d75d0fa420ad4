internal import Report
internal import Symbolizer

/// Frames that have been looked up: in pages, since thousands of them come in any order.
struct FoundExtents: Sendable {
    /// What was looked up in one page; no extent goes on in the next.
    struct Page: NamedExtents, Sendable {
        fileprivate var extents: [(extent: Range<UInt64>, frames: [Frame])] = []

        var count: Int { extents.count }

        func extent(_ index: Int) -> Range<UInt64> { extents[index].extent }

        func frames(_ index: Int) -> [Frame]? { extents[index].frames }

        fileprivate mutating func add(_ frames: [Frame], at extent: Range<UInt64>) {
            let next = next(after: extent.lowerBound)
            // Columns and offsets are no part of frames: often the line goes on.
            if next > 0, extents[next - 1].extent.upperBound == extent.lowerBound,
                extents[next - 1].frames == frames
            {
                extents[next - 1].extent = extents[next - 1].extent.lowerBound..<extent.upperBound
            } else {
                extents.insert((extent, frames), at: next)
            }
        }
    }

    private var pages: [UInt64: Page] = [:]
    private static let pageSize: UInt64 = 4096

    /// Whether nothing has been looked up.
    var isEmpty: Bool { pages.isEmpty }

    /// All that has been looked up, in the order of addresses.
    var all: [(extent: Range<UInt64>, frames: [Frame])] {
        pages.sorted { $0.key < $1.key }.flatMap(\.value.extents)
    }

    /// What was looked up in the page of an address.
    func page(of address: UInt64) -> Page { pages[address / Self.pageSize] ?? Page() }

    /// Adds the frames of an address, with the addresses around that have none yet.
    ///
    /// - Parameters:
    ///   - frames: The frames.
    ///   - address: The address.
    ///   - extent: The addresses around it that may have the same.
    /// - Returns: Those that were added.
    @discardableResult
    mutating func add(
        _ frames: [Frame], at address: UInt64, within extent: Range<UInt64>
    ) -> Range<UInt64> {
        let number = address / Self.pageSize
        let start = number * Self.pageSize
        // The last page is one byte shorter: no extent has the last address of all.
        let page = start..<start + min(Self.pageSize, .max - start)
        let gap = self.page(of: address).gap(around: address)
        let added = extent.clamped(to: gap).clamped(to: page)
        if !added.isEmpty { pages[number, default: Page()].add(frames, at: added) }
        return added
    }
}
