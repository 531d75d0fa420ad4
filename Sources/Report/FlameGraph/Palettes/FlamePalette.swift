/// How frames are colored: by module and kind, or the way other flame graphs do it.
package enum FlamePalette: String, Sendable, CaseIterable {
    /// A hue for each module, a shade for each name; kernel code is orange.
    case module
    // Those of flamegraph.pl, and two of inferno, with their colors.
    case hot, mem, io, wakeup, chain, java, js, perl, python, rust
    case red, green, blue, aqua, yellow, purple, orange

    /// The color of a frame.
    ///
    /// - Parameters:
    ///   - frame: What is known of the frame.
    ///   - name: Its name as it was read, with the annotation some palettes go by.
    ///   - byHash: Whether similar names get similar colors; of those of flamegraph.pl only.
    /// - Returns: The color.
    func color(of frame: Frame, name: String, byHash: Bool) -> RGBColor {
        guard self != .module else { return ModulePalette.color(of: frame) }
        return color(of: name, NameVector(name, byHash: byHash))
    }

    /// The color of the box of all stacks.
    func ground(byHash: Bool) -> RGBColor {
        self == .module ? ModulePalette.ground : color(of: "", NameVector("", byHash: byHash))
    }

    private func color(of name: String, _ vector: NameVector) -> RGBColor {
        // What separates the stacks of a chain.
        if name == "--" { return RGBColor(160, 160, 160) }
        if name == "-" { return RGBColor(200, 200, 200) }
        return resolved(for: name).shade(vector)
    }

    /// The palette of one hue that stands for a name.
    private func resolved(for name: String) -> FlamePalette {
        switch self {
        case .java: LanguageColors.java(name)
        case .js: LanguageColors.javaScript(name)
        case .perl: LanguageColors.perl(name)
        case .python: LanguageColors.python(name)
        case .rust: LanguageColors.rust(name)
        case .chain: name.contains("_[w]") ? .aqua : .blue
        case .wakeup: .aqua
        default: self
        }
    }

    private func shade(_ vector: NameVector) -> RGBColor {
        let (first, second) = (vector.first, vector.second)
        func part(_ range: Int) -> Int { Int(Double(range) * first) }
        func other(_ range: Int) -> Int { Int(Double(range) * second) }
        switch self {
        case .mem: return RGBColor(0, 190 + other(50), part(210))
        case .io: return RGBColor(80 + part(60), 80 + part(60), 190 + other(55))
        case .red: return RGBColor(200 + part(55), 50 + part(80), 50 + part(80))
        case .green: return RGBColor(50 + part(60), 200 + part(55), 50 + part(60))
        case .blue: return RGBColor(80 + part(60), 80 + part(60), 205 + part(50))
        case .yellow: return RGBColor(175 + part(55), 175 + part(55), 50 + part(20))
        case .purple: return RGBColor(190 + part(65), 80 + part(60), 190 + part(65))
        case .aqua: return RGBColor(50 + part(60), 165 + part(55), 165 + part(55))
        case .orange: return RGBColor(190 + part(65), 90 + part(65), 0)
        default: return RGBColor(205 + other(50), part(230), other(55))
        }
    }
}
