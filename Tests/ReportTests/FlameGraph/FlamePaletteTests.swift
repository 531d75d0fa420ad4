import Testing

@testable import Report

@Suite("Flame graph palettes")
struct FlamePaletteTests {
    /// The hue that inferno 0.12 has for a name.
    @Test(
        "tell Python's packages and library from the rest",
        arguments: [
            ("/usr/lib/python3.11/site-packages/x.py:f", FlamePalette.aqua),
            ("/usr/lib/python3.11/json/x.py:f", .yellow), ("Python\\x.py", .yellow),
            ("<built-in print>", .yellow), ("pythonic/x.py", .red), ("main.py:f", .red),
        ])
    func python(name: String, expected: FlamePalette) {
        #expect(LanguageColors.python(name) == expected)
    }

    @Test(
        "tell Rust's library and crates from the rest",
        arguments: [
            ("core::ops::f", FlamePalette.orange), ("app`std::io::read", .orange),
            ("<alloc::vec::Vec<T> as X>::f", .orange), ("tokio::run", .aqua), ("memcpy", .yellow),
            ("<core::future::from_generator::GenFuture<T> as F>::poll", .aqua),
        ])
    func rust(name: String, expected: FlamePalette) {
        #expect(LanguageColors.rust(name) == expected)
    }

    @Test("keep colors in a map, and nothing that is no color")
    func map() {
        var map = PaletteMap("b->rgb(1,2,3)\na->b->#fff\nx->\"/><script>\nc\n")
        #expect(map.color(of: "b", otherwise: RGBColor(0, 0, 0)) == "rgb(1,2,3)")
        #expect(map.color(of: "a->b", otherwise: RGBColor(0, 0, 0)) == "#fff")
        #expect(map.color(of: "x", otherwise: RGBColor(9, 9, 9)) == "rgb(9,9,9)")
        #expect(map.text == "a->b->#fff\nb->rgb(1,2,3)\nx->rgb(9,9,9)\n")
    }

    @Test(
        "round shares as C does",
        arguments: [
            (0.125, 12), (0.375, 38), (1.005, 100), (2.675, 267), (99.995, 10000), (100, 10000),
        ])
    func rounding(value: Double, expected: UInt64) {
        #expect(FlameNumbers.hundredths(value) == expected)
    }

    @Test(
        "have annotations and modules of names",
        arguments: [
            ("f_[k]", Frame("f", kind: .kernel)), ("f_[i]", Frame("f", kind: .inlined)),
            ("f_[j]", Frame("f", kind: .jit)), ("f_[w]", Frame("f")), ("f_[x]", Frame("f_[x]")),
            ("_[k]", Frame("", kind: .kernel)),
            ("libc.so.6`read", Frame("libc.so.6`read", module: "libc.so.6")),
            ("[libz.so.1]", Frame("[libz.so.1]", module: "libz.so.1")),
            ("[unknown]", Frame("[unknown]")),
            ("[unknown in a.so]", Frame("[unknown in a.so]", module: "a.so")),
            ("[truncated: x]", Frame("[truncated: x]", kind: .truncated)),
            ("é_[k]", Frame("é", kind: .kernel)), ("`x", Frame("`x")),
        ])
    func annotations(name: String, expected: Frame) {
        #expect(AnnotatedName(name).frame == expected)
    }
}
