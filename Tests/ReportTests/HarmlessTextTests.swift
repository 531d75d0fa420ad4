import Testing

@testable import Report

@Suite("Harmless text")
struct HarmlessTextTests {
    @Test(
        "replaces what is not there to be seen",
        arguments: [
            ("main", "main"), ("größe<T>", "größe<T>"), ("家族👨‍👩‍👧", "家族👨‍👩‍👧"), ("", ""),
            ("\u{1B}[31mred", "\u{FFFD}[31mred"), ("a\r\nb\tc", "a\u{FFFD}\u{FFFD}b\u{FFFD}c"),
            ("\u{9B}2J", "\u{FFFD}2J"), ("\0\u{7F}", "\u{FFFD}\u{FFFD}"),
            ("a\u{202E}b", "a\u{FFFD}b"), ("\u{FFFE}\u{2028}", "\u{FFFD}\u{FFFD}"),
        ])
    func replacement(text: String, harmless: String) {
        #expect(Array(HarmlessText.of(text).unicodeScalars) == Array(harmless.unicodeScalars))
    }

    @Test(
        "is shortened in the middle",
        arguments: [
            ("abcdefgh", 8, "abcdefgh"), ("abcdefgh", 7, "abc…fgh"), ("abcdefgh", 4, "ab…h"),
            ("abcdefgh", 1, "…"), ("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 6, "漢…字"),
        ])
    func shortening(text: String, width: Int, shortened: String) {
        #expect(DisplayWidth.shortened(text, to: width) == shortened)
        #expect(DisplayWidth.of(shortened) <= width)
    }
}
