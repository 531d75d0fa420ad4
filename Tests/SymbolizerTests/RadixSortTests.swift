import TestSupport
import Testing

@testable import Symbolizer

@Suite struct RadixSortTests {
    @Test(arguments: [0, 1, 2, 3, 1000, 5000])
    func `sorts as the library does, and keeps the order of equal numbers`(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        for bits in [0, 1, 8, 22, 31, 32, 40, 64] {
            let numbers = (0..<count).map { _ in bits == 0 ? 7 : random.next() >> (64 - bits) }
            let order = RadixSort.order(of: count) { numbers[$0] }
            let expected = (0..<UInt32(count)).sorted {
                (numbers[Int($0)], $0) < (numbers[Int($1)], $1)
            }
            #expect(order == expected)
        }
    }

    @Test func `sorts numbers that are far from zero`() {
        let numbers = (0..<UInt64(4000)).map { UInt64.max - ($0 * 7919) % 4001 }
        let order = RadixSort.order(of: numbers.count) { numbers[$0] }
        #expect(order.map { numbers[Int($0)] } == numbers.sorted())
    }
}
