import TestSupport
import Testing

@testable import Symbolizer

@Suite struct AddressMapTests {
    private func map(_ ranges: [(UInt64, UInt64)]) -> AddressMap {
        AddressMap(
            ranges.enumerated().map { index, range in
                AddressMap.Entry(start: range.0, end: range.1, value: UInt32(index))
            })
    }

    @Test func `an address is in the last of the ranges over it`() {
        let map = map([(10, 50), (20, 40), (25, 30), (45, 60)])
        let expected: [(UInt64, UInt32?)] = [
            (9, nil), (10, 0), (20, 1), (25, 2), (29, 2), (30, 1), (40, 0), (45, 3), (59, 3),
            (60, nil), (.max, nil),
        ]
        for (address, value) in expected { #expect(map.value(at: address) == value) }
    }

    @Test func `ranges without an address are left out`() {
        let map = map([(10, 10), (30, 20)])
        #expect(map.isEmpty)
        #expect(map.value(at: 10) == nil)
        #expect(self.map([]).value(at: 0) == nil)
    }

    @Test func `the highest addresses are as good as others`() {
        let map = map([(0, .max), (.max - 1, .max)])
        #expect(map.value(at: 0) == 0)
        #expect(map.value(at: .max - 1) == 1)
        #expect(map.value(at: .max) == nil)
    }

    // The same as asking each range, from the last to the first.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func `agrees with a search of all ranges`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let ranges = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            (UInt64.random(in: 0..<100, using: &random), UInt64.random(in: 0..<100, using: &random))
        }
        let map = map(ranges)
        for address in 0..<100 as Range<UInt64> {
            let expected = ranges.lastIndex { $0.0 <= address && address < $0.1 }
            #expect(map.value(at: address) == expected.map { UInt32($0) })
            #expect(map.ranges.contains { $0.contains(address) } == (expected != nil))
        }
    }
}
