import Symbolizer
import TestSupport
import Testing

/// Text with mangled names in it.
@Suite struct DemanglingFilterTests {
    /// A text and what it becomes.
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let expected: String

        init(_ text: String, _ expected: String? = nil) {
            self.text = text
            self.expected = expected ?? text
        }

        var testDescription: String { text }
    }

    static let cases = [
        Case("_ZN2ns3fooEi", "ns::foo(int)"),
        Case("see _ZN2ns3fooEi. And (_Z3barv),\n", "see ns::foo(int). And (bar()),\n"),
        Case("$s4main3fooyyF _RNvC6_123foo3bar", "main.foo() -> () 123foo::bar"),
        Case("0000 T _Z3foov.cold\n", "0000 T foo() [clone .cold]\n"),
        Case("_start _Zxx _ $ . a;b;c 12\r\n"),
        Case("naïve _Z3barv → ende", "naïve bar() → ende"),
        Case(""),
    ]

    @Test(arguments: cases)
    func changesNamesOnly(_ text: Case) {
        var filter = DemanglingFilter()
        let bytes = filter.transform(text.text.utf8) + filter.finish()
        #expect(String(decoding: bytes, as: UTF8.self) == text.expected)
    }

    /// Names may be cut anywhere by the chunks a text comes in.
    @Test(arguments: cases)
    func isTheSameHoweverTheTextIsCut(_ text: Case) {
        let bytes = Array(text.text.utf8)
        for cut in 0...bytes.count {
            var filter = DemanglingFilter()
            let result =
                filter.transform(bytes[..<cut]) + filter.transform(bytes[cut...]) + filter.finish()
            #expect(String(decoding: result, as: UTF8.self) == text.expected)
        }
    }

    /// What is no text at all passes unharmed, however long.
    @Test func passesBytesOn() {
        var random = SeededGenerator(seed: 7)
        let noise = (0..<100_000).map { _ in UInt8.random(in: 0x80...0xff, using: &random) }
        let longName = Array("_Z".utf8) + [UInt8](repeating: UInt8(ascii: "1"), count: 300_000)
        for bytes in [noise, longName] {
            var filter = DemanglingFilter()
            #expect(filter.transform(bytes) + filter.finish() == bytes)
        }
    }
}
