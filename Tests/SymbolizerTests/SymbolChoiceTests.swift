import SystemPackage
import Testing

@testable import Symbolizer

/// Which of the symbols around an address is its name; see `TestTargets/symbols/symbols.S`.
@Suite struct SymbolChoiceTests {
    struct Case: CustomTestStringConvertible {
        var offset: UInt64
        var name: String?
        var distance: UInt64 = 0

        var testDescription: String { "_start + 0x\(String(offset, radix: 16))" }
    }

    @Test(arguments: [
        Case(offset: 0, name: "_start"),
        Case(offset: 1, name: nil),
        Case(offset: 0x40, name: "at_40"),
        Case(offset: 0x4f, name: "at_40", distance: 0xf),
        Case(offset: 0x50, name: nil),
        Case(offset: 0x7f, name: nil),
        Case(offset: 0x80, name: "at_80_sized"),
        Case(offset: 0x9f, name: "at_80_sized", distance: 0x1f),
        Case(offset: 0xa0, name: nil),
        Case(offset: 0xc0, name: "at_c0_sizeless"),
        Case(offset: 0xff, name: "at_c0_sizeless", distance: 0x3f),
        Case(offset: 0x100, name: "at_100_indirect"),
        Case(offset: 0x107, name: "at_100_indirect", distance: 7),
        Case(offset: 0x148, name: "at_140", distance: 8),
        Case(offset: 0x18f, name: "at_180_outer", distance: 0xf),
        Case(offset: 0x190, name: "at_190_inner"),
        Case(offset: 0x1a0, name: "at_180_outer", distance: 0x20),
        Case(offset: 0x1b0, name: nil),
        Case(offset: 0x1c0, name: "at_1c0_untyped"),
        Case(offset: 0x1d0, name: nil),
    ])
    func `names an address`(expected: Case) throws {
        let path = Chain.directory("symbols").appending("program")
        let image = try ImageCache().image(at: path)
        let start = try #require(image.functions.functions(named: "_start").first).address
        let location = image.location(of: Address(start.rawValue + expected.offset))
        #expect(location.frames.first?.name == expected.name)
        if expected.name == nil {
            #expect(location.frames.isEmpty)
            #expect(location.unknownName != nil)
        } else {
            #expect(location.frames.first?.offset == expected.distance)
        }
    }
}
