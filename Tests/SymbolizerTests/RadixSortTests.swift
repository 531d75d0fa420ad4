import Testing

@testable import Symbolizer

@Suite struct RadixSortTests {
    @Test(arguments: [0, 1, 2, 3, 1000, 5000])
    func `sorts as the library does, and keeps the order of equal numbers`(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        for bits in [1, 8, 22, 40, 64] {
            let keys = (0..<count).map { index in
                RadixSort.Key(value: random.next() >> (64 - bits), index: UInt32(index))
            }
            var sorted = keys
            RadixSort.sort(&sorted)
            let expected = keys.sorted { ($0.value, $0.index) < ($1.value, $1.index) }
            #expect(sorted.map(\.value) == expected.map(\.value))
            #expect(sorted.map(\.index) == expected.map(\.index))
        }
    }
}
