/// How wide text is in a terminal.
enum DisplayWidth {
    /// The columns a text takes.
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + width(of: $1) }
    }

    /// The text, shortened in the middle if it is wider than a limit: both ends tell names apart.
    static func shortened(_ text: String, to limit: Int) -> String {
        guard of(text) > limit else { return text }
        let kept = max(0, limit - 1)
        let head = prefix(of: text, to: (kept + 1) / 2)
        let tail = String(prefix(of: String(text.reversed()), to: kept / 2).reversed())
        return "\(head)…\(tail)"
    }

    /// As many whole characters from the start as fit.
    static func prefix(of text: String, to limit: Int) -> String {
        var result = ""
        var used = 0
        for character in text {
            used += width(of: character)
            if used > limit { break }
            result.append(character)
        }
        return result
    }

    private static func width(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        return isWide(first) ? 2 : 1
    }

    /// The large ranges of Unicode's EastAsianWidth.txt that are wide, and emoji.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3: true
        case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6: true
        case 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
