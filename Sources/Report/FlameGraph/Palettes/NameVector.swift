/// Two numbers from a name that its color is made of, as flamegraph.pl has them.
struct NameVector: Equatable {
    /// Numbers from 0 up to 1.
    let first, second: Double

    /// The numbers of a name.
    ///
    /// - Parameters:
    ///   - name: The frame's name, with its annotation.
    ///   - byHash: Whether names that begin alike have numbers that are near to each other.
    init(_ name: String, byHash: Bool) {
        guard byHash else {
            first = Self.random(name)
            second = first
            return
        }
        first = Self.weighted(name.unicodeScalars)
        second = Self.weighted(String.UnicodeScalarView(name.unicodeScalars.reversed()))
    }

    /// The first number that `drand48` gives for the sum of the characters.
    private static func random(_ name: String) -> Double {
        let seed = name.unicodeScalars.reduce(UInt32(0)) { $0 &+ $1.value }
        let state = UInt64(seed) << 16 | 0x330e
        let next = (state &* 0x5_deec_e66d &+ 0xb) & ((1 << 48) - 1)
        return Double(next) / Double(UInt64(1) << 48)
    }

    /// The first three characters behind the module, each with less weight than the one before.
    private static func weighted(_ name: String.UnicodeScalarView) -> Double {
        var (vector, weight, most) = (0.0, 1.0, 1.0)
        for (scalar, modulus) in zip(withoutModule(name), 10...12) {
            vector += Double(Int(scalar.value) % modulus) / Double(modulus - 1) * weight
            most += weight
            weight *= 0.70
        }
        return 1 - vector / most
    }

    private static func withoutModule(
        _ name: String.UnicodeScalarView
    ) -> Substring.UnicodeScalarView {
        let rest = name.dropFirst()
        guard let tick = rest.firstIndex(of: "`") else { return name[...] }
        return rest[rest.index(after: tick)...]
    }
}
