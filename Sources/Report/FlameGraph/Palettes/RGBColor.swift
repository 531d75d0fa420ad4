/// A color in sRGB.
struct RGBColor: Hashable, CustomStringConvertible {
    /// The channels, up to 255.
    let red, green, blue: Int

    /// A color of three channels.
    init(_ red: Int, _ green: Int, _ blue: Int) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// As CSS and palette maps write it: `rgb(1,2,3)`.
    var description: String { "rgb(\(red),\(green),\(blue))" }
}
