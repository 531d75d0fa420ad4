/// The locations of functions with what is inlined into them, each chain of frames once.
struct ChainLocations {
    private var index = HashIndex()
    private var chains: [(frames: Range<Int>, location: UInt64)] = []
    /// The frames of all chains, one behind the other.
    private var frames: [Int] = []

    /// The location of a chain, if it has one.
    func location(of chain: ArraySlice<Int>) -> UInt64? {
        index.find(Self.hash(chain)) { frames[chains[$0].frames] == chain }
            .map { chains[$0].location }
    }

    /// Adds a chain that has none yet.
    mutating func add(_ chain: ArraySlice<Int>, location: UInt64) {
        let start = frames.count
        frames += chain
        index.insert(Self.hash(chain), chains.count)
        chains.append((start..<frames.count, location))
    }

    private static func hash(_ chain: ArraySlice<Int>) -> UInt64 {
        chain.reduce(ByteHash.seed) { ByteHash.mix($0, UInt64($1)) }
    }
}
