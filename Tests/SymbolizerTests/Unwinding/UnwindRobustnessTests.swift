import TestSupport
import Testing

@testable import Symbolizer

/// Damaged unwind information loses what is damaged, but never ends the program.
@Suite struct UnwindRobustnessTests {
    private static let images = ["rules.so", "rules-no-sections.so", "liblinked.so"]

    private func bytes(_ name: String) throws -> [UInt8] {
        try Fixture.bytes("../unwinding/" + name)
    }

    @discardableResult
    private func compile(_ bytes: [UInt8]) -> UnwindTable? {
        guard let table = try? UnwindTable(bytes: bytes, name: "damaged") else { return nil }
        var last: Address?
        for row in table.rows {
            if let last { #expect(last < row.address) }
            last = row.address
            #expect(Int(row.rule) < table.rules.count)
        }
        return table
    }

    /// Where a section is in its file.
    private func range(_ section: String, of name: String) throws -> Range<Int> {
        let image = try Fixture.image("../unwinding/" + name)
        let section = try #require(image.section(named: section))
        return Int(section.offset)..<Int(section.offset + section.size)
    }

    @Test(arguments: images)
    func `survives every cut`(name: String) throws {
        let bytes = try bytes(name)
        for count in stride(from: 0, to: bytes.count, by: 7) { compile(Array(bytes.prefix(count))) }
    }

    @Test func `survives every byte of the section being another`() throws {
        let original = try bytes("rules.so")
        for section in [".eh_frame", ".debug_frame"] {
            for index in try range(section, of: "rules.so") {
                for value in [0x00, 0x7f, 0x80, 0xff] as [UInt8] {
                    var bytes = original
                    bytes[index] = value
                    compile(bytes)
                }
            }
        }
    }

    @Test(arguments: images)
    func `survives flipped bits`(name: String) throws {
        let original = try bytes(name)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...16, using: &random) {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            compile(bytes)
        }
    }

    @Test func `survives random sections`() throws {
        let original = try bytes("rules.so")
        let section = try range(".eh_frame", of: "rules.so")
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            var bytes = original
            for index in section.dropFirst(24) {
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
            compile(bytes)
        }
    }

    @Test func `a damaged entry loses only itself, and is counted`() throws {
        let image = try Fixture.image("../unwinding/rules.so")
        let whole = UnwindTable(of: image)
        let function = try #require(
            FunctionCatalog(of: image).functions(named: "rule_end").first?.address)
        var bytes = try bytes("rules.so")
        // DW_CFA_undefined of rip becomes an instruction that nobody knows.
        let section = try range(".eh_frame", of: "rules.so")
        let place = try #require(
            section.first { bytes[$0] == 0x07 && bytes[$0 + 1] == 0x10 })
        bytes[place] = 0x3f
        let damaged = try #require(compile(bytes))
        #expect(damaged.invalidEntries == 1)
        #expect(damaged.rule(at: function)?.kind == .unsupported(.malformed))
        for row in whole.rows where !(function...Address(function.rawValue + 31) ~= row.address) {
            let rule = whole.rules[Int(row.rule)]
            #expect(damaged.rule(at: row.address) == rule, "\(row.address)")
        }
    }

    /// A length of zero, and what another linked file brings behind it.
    @Test func `goes on behind a zero length`() throws {
        var bytes = try bytes("rules.so")
        let section = try range(".eh_frame", of: "rules.so")
        let table = UnwindTable(of: try Fixture.image("../unwinding/rules.so"))
        // The first entry is a common part; the second one, of the linkage table or the first
        // function, becomes zeros: an empty entry every four bytes.
        func word(_ offset: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        let second = section.lowerBound + 4 + word(section.lowerBound)
        for index in second..<second + 4 + word(second) { bytes[index] = 0 }
        let rest = try #require(compile(bytes))
        #expect(rest.rows.count < table.rows.count)
        #expect(rest.rows.count > table.rows.count / 2)
    }
}
