import TestSupport
import Testing

@testable import Profiler

@Suite struct RangeAllocatorTests {
    @Test func takesTheFirstGapThatIsLargeEnough() {
        var allocator = RangeAllocator(capacity: 10)
        #expect(allocator.allocate(4) == 0..<4)
        #expect(allocator.allocate(4) == 4..<8)
        #expect(allocator.allocate(4) == nil)
        allocator.release(0..<4)
        #expect(allocator.allocate(3) == 0..<3)
        #expect(allocator.allocate(2) == 8..<10)
        #expect(allocator.allocate(0) == nil)
    }

    @Test func joinsWhatIsGivenBack() {
        var allocator = RangeAllocator(capacity: 12)
        let ranges = (0..<4).compactMap { _ in allocator.allocate(3) }
        #expect(allocator.available == 0)
        for index in [1, 3, 0, 2] { allocator.release(ranges[index]) }
        #expect(allocator.free == [0..<12])
    }

    /// Nothing is given out twice or lost, in whatever order.
    @Test func keepsAccount() {
        var generator = SeededGenerator(seed: 4)
        var allocator = RangeAllocator(capacity: 1000)
        var taken: [Range<Int>] = []
        for _ in 0..<2000 {
            if Bool.random(using: &generator), let last = taken.randomElement(using: &generator) {
                taken.removeAll { $0 == last }
                allocator.release(last)
            } else if let range = allocator.allocate(Int.random(in: 1...40, using: &generator)) {
                #expect(!taken.contains { $0.overlaps(range) })
                taken.append(range)
            }
            #expect(taken.reduce(0) { $0 + $1.count } + allocator.available == 1000)
        }
    }
}
