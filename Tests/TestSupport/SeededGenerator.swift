internal import Foundation

/// Random numbers that can be had again (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    /// What it started from; name it in a failure.
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// Starts from `UPROF_TEST_SEED`, or else from the number given.
    package init(defaultSeed: UInt64 = 1) {
        let variable = ProcessInfo.processInfo.environment["UPROF_TEST_SEED"]
        self.init(seed: variable.flatMap { UInt64($0) } ?? defaultSeed)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
