import Testing

@testable import Symbolizer

@Suite struct AddressTests {
    @Test(
        arguments: [
            ("0", 0), ("1139", 0x1139), ("0x1139", 0x1139), ("0XaBc", 0xabc), (" 12\r", 0x12),
            ("ffffffffffffffff", .max), ("00000000000000000001", 1), ("\t0x7f12 ", 0x7f12),
        ] as [(String, UInt64)])
    func `reads hexadecimal digits`(text: String, expected: UInt64) {
        #expect(Address(hexadecimal: Array(text.utf8)[...])?.rawValue == expected)
    }

    @Test(arguments: ["", " ", "0x", "x1", "main", "12 34", "-1", "0x1g", "10000000000000000"])
    func `refuses all else`(text: String) {
        #expect(Address(hexadecimal: Array(text.utf8)[...]) == nil)
    }
}
