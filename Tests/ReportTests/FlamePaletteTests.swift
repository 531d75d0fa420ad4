import Testing

@testable import Report

@Suite("Flame graph palette")
struct FlamePaletteTests {
    private func channels(_ color: String) -> [Int] {
        let digits = Array(color.dropFirst())
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            Int(String(digits[$0..<min($0 + 2, digits.count)]), radix: 16)
        }
    }

    @Test("gives the same frame the same color, always")
    func stability() {
        #expect(FlamePalette.color(of: Frame("malloc", module: "libc.so.6")) == "#f4a583")
        #expect(FlamePalette.color(of: Frame("main")) == "#ffb688")
    }

    @Test("lets dark text be read on every color", arguments: Frame.Kind.allCases)
    func contrast(kind: Frame.Kind) {
        for number in 0..<500 {
            let color = FlamePalette.color(
                of: Frame("f\(number)", module: "m\(number)", kind: kind))
            let values = channels(color)
            #expect(values.count == 3 && color.count == 7)
            // Rec. 709 luma; the text is at about 30.
            let luma = zip(values, [0.2126, 0.7152, 0.0722]).map { Double($0) * $1 }.reduce(0, +)
            #expect(luma > 140, "\(color)")
        }
    }

    @Test("gives modules different hues")
    func modules() {
        let colors = (0..<50).map { FlamePalette.color(of: Frame("f", module: "lib\($0).so")) }
        #expect(Set(colors).count > 45)
    }
}
