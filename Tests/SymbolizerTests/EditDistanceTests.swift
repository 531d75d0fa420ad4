import Testing

@testable import Symbolizer

@Suite struct EditDistanceTests {
    @Test(
        arguments: [
            ("malloc", "malloc", 0), ("malloc", "maloc", 1), ("malloc", "mallocs", 1),
            ("malloc", "nalloc", 1), ("main", "mian", 1), ("malloc", "calloc", 1),
            ("kitten", "sitting", 3), ("abcd", "badc", 2), ("", "ab", 2), ("malloc", "free", nil),
            ("a", "abcdefgh", nil),
        ] as [(String, String, Int?)])
    func `counts typing errors`(left: String, right: String, expected: Int?) {
        var forward = EditDistance(from: Array(left.utf8), limit: 3)
        var backward = EditDistance(from: Array(right.utf8), limit: 3)
        #expect(forward.distance(to: Array(right.utf8).span) == expected)
        #expect(backward.distance(to: Array(left.utf8).span) == expected)
    }

    @Test func `keeps the best suggestions in a fixed order`() {
        var suggestions = Suggestions(limit: 2)
        for (name, rank) in [("c", 2), ("b", 1), ("d", 1), ("b", 1), ("a", 3)] {
            suggestions.add(name, rank: rank)
        }
        #expect(suggestions.names == ["b", "d"])
    }
}
