/// The best of the names that were suggested so far.
struct Suggestions {
    private let limit: Int
    private var ranked: [(rank: Int, name: String)] = []

    /// Keeps at most `limit` names.
    init(limit: Int) {
        self.limit = limit
    }

    /// The names kept, best first.
    var names: [String] { ranked.map(\.name) }

    /// Suggests a name; lower ranks are better, and among equal ones the order is that of names.
    mutating func add(_ name: String, rank: Int) {
        if ranked.count == limit, let last = ranked.last, (last.rank, last.name) <= (rank, name) {
            return
        }
        guard !ranked.contains(where: { $0.name == name }) else { return }
        let place = ranked.firstIndex { ($0.rank, $0.name) > (rank, name) } ?? ranked.endIndex
        ranked.insert((rank, name), at: place)
        if ranked.count > limit { ranked.removeLast() }
    }
}
