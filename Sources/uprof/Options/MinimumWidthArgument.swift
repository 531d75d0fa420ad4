internal import ArgumentParser
internal import Report

/// How wide a frame must be to be drawn: `0.1` pixels, or `0.5%` of everything.
struct MinimumWidthArgument: ExpressibleByArgument, CustomStringConvertible {
    /// What it stands for.
    let width: FlameGraphOptions.MinimumWidth

    init(_ width: FlameGraphOptions.MinimumWidth) {
        self.width = width
    }

    init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument),
            number.isFinite, number >= 0
        else { return nil }
        width = isPercent ? .percent(number) : .pixels(number)
    }

    var description: String {
        switch width {
        case .pixels(let pixels): "\(pixels)"
        case .percent(let percent): "\(percent)%"
        }
    }
}
