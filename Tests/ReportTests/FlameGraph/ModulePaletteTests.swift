import Testing

@testable import Report

@Suite("Colors by module")
struct ModulePaletteTests {
    @Test("gives the same frame the same color, always")
    func stability() {
        let malloc = ModulePalette.color(of: Frame("malloc", module: "libc.so.6"))
        #expect(malloc == RGBColor(0xf4, 0xa5, 0x83))
        #expect(ModulePalette.color(of: Frame("main")) == RGBColor(0xff, 0xb6, 0x88))
    }

    @Test("lets dark text be read on every color", arguments: Frame.Kind.allCases)
    func contrast(kind: Frame.Kind) {
        for number in 0..<500 {
            let color = ModulePalette.color(
                of: Frame("f\(number)", module: "m\(number)", kind: kind))
            let channels = [color.red, color.green, color.blue]
            // Rec. 709 luma; the text is at about 30.
            let luma = zip(channels, [0.2126, 0.7152, 0.0722]).map { Double($0) * $1 }
                .reduce(0, +)
            #expect(luma > 140, "\(color)")
        }
    }

    @Test("gives modules different hues")
    func modules() {
        let colors = (0..<50).map { ModulePalette.color(of: Frame("f", module: "lib\($0).so")) }
        #expect(Set(colors).count > 45)
    }
}
