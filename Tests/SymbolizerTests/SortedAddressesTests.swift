import TestSupport
import Testing

@testable import Symbolizer

@Suite struct SortedAddressesTests {
    /// Addresses that are spread evenly, all near one another but for a few, or all the same.
    private static let spreads: [@Sendable (inout SeededGenerator) -> UInt64] = [
        { $0.next() },
        { $0.next() % 100_000 },
        { $0.next() % 50 == 0 ? $0.next() : 0x40_0000 + $0.next() % 1000 },
        { _ in 0x1000 },
        { $0.next() % 2 == 0 ? 0 : .max },
    ]

    @Test(arguments: spreads.indices, [0, 1, 63, 64, 65, 1000])
    func `finds what a look at all of them finds`(spread: Int, count: Int) {
        var generator = SeededGenerator(seed: UInt64(spread * 10_000 + count))
        let all = (0..<count).map { _ in Self.spreads[spread](&generator) }.sorted()
        let addresses = SortedAddresses(all)
        let asked = all.flatMap { [$0, $0 &- 1, $0 &+ 1] } + [0, .max, generator.next()]
        for address in asked {
            #expect(addresses.lastIndex(atOrBefore: address) == all.lastIndex { $0 <= address })
        }
    }
}
