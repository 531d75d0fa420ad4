import Testing

@testable import Report

@Suite("Colors by module")
struct ModulePaletteTests {
    @Test("gives the same frame the same color, always")
    func stability() {
        let malloc = ModulePalette.color(of: Frame("malloc", module: "libc.so.6"))
        #expect(malloc == RGBColor(0xf1, 0x9f, 0xbd))
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

    @Test("gives the modules of most programs, and the kernel, different hues")
    func modules() {
        let modules = [
            "libc.so.6", "libstdc++.so.6.0.30", "ld-linux-x86-64.so.2", "libm.so.6", "[vdso]",
            "libpthread.so.0", "libcrypto.so.3", "libssl.so.3", "libz.so.1.2.13",
        ]
        let frames = modules.map { Frame("f", module: $0) } + [Frame("f", kind: .kernel)]
        let colors = frames.map(ModulePalette.color)
        for (index, color) in colors.enumerated() {
            for other in colors[..<index] {
                let distance =
                    abs(color.red - other.red) + abs(color.green - other.green)
                    + abs(color.blue - other.blue)
                #expect(distance > 30, "\(color) and \(other)")
            }
        }
    }
}
