internal import Glibc

/// The colors of frames: a hue for each module, a shade for each name.
///
/// Colors depend on the names alone, so that graphs can be compared. They are chosen in OKLCH,
/// where equal lightness looks equally light: dark text can be read on all of them.
enum ModulePalette {
    /// The color of the box of all stacks.
    static let ground = color(lightness: 0.87, chroma: 0.01, hue: 250)

    /// A frame's color.
    static func color(of frame: Frame) -> RGBColor {
        let variation = unit(hash(frame.name))
        let lightness = 0.78 + 0.09 * variation
        let turn = 14 * unit(hash(frame.name, seed: 1)) - 7
        switch frame.kind {
        case .truncated:
            return color(lightness: 0.82, chroma: 0, hue: 0)
        case .kernel:
            return color(lightness: lightness, chroma: 0.11, hue: 55 + turn)
        case .inlined:
            return color(lightness: lightness + 0.05, chroma: 0.06, hue: hue(of: frame) + turn)
        case .user, .jit:
            return color(lightness: lightness, chroma: 0.105, hue: hue(of: frame) + turn)
        }
    }

    /// Without modules, the yellow to red that gave flame graphs their name; with them, one of nine
    /// hues that can be told apart, none of them the kernel's.
    private static func hue(of frame: Frame) -> Double {
        guard !frame.module.isEmpty else { return 35 + 50 * unit(hash(frame.name, seed: 2)) }
        return 90 + 34 * (9 * unit(hash(frame.module, seed: moduleSeed))).rounded(.down)
    }

    /// Gives nine libraries that are in most programs nine hues.
    private static let moduleSeed: UInt64 = 339

    /// FNV-1a with a final mix, as short names differ in the low bits only.
    private static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        return hash ^ (hash >> 33)
    }

    private static func unit(_ hash: UInt64) -> Double {
        Double(hash >> 11) / Double(1 << 53 as UInt64)
    }

    /// OKLCH to sRGB, after Björn Ottosson, "A perceptual color space for image processing".
    private static func color(lightness: Double, chroma: Double, hue: Double) -> RGBColor {
        let angle = hue / 180 * .pi
        let (a, b) = (chroma * cos(angle), chroma * sin(angle))
        let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
        let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
        let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
        return RGBColor(
            byte(of: 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            byte(of: -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            byte(of: -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
    }

    private static func cube(_ value: Double) -> Double { value * value * value }

    /// A linear channel with sRGB's transfer function applied.
    private static func byte(of linear: Double) -> Int {
        let value = min(max(linear, 0), 1)
        let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
        return Int((encoded * 255).rounded())
    }
}
