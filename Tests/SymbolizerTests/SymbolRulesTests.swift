import TestSupport
import Testing

@testable import Symbolizer

/// What a symbol table says and does not say, rule by rule.
@Suite struct SymbolRulesTests {
    typealias Entry = SymbolImageBuilder.Entry
    private typealias Kind = SymbolImageBuilder

    private func index(
        _ entries: [Entry], code: UInt64 = 0x1000, isDynamic: Bool = false, machine: UInt16 = 62
    ) throws -> SymbolIndex {
        let builder = SymbolImageBuilder(
            code: code, isDynamic: isDynamic, machine: machine, entries: entries)
        return FunctionCatalog(of: try ELFImage(bytes: builder.image(), name: "rules")).index
    }

    private func name(_ index: SymbolIndex, _ address: UInt64) -> String? {
        guard case .function(let function, let offset) = index.lookup(Address(address)) else {
            return nil
        }
        return offset == 0 ? function.name : "\(function.name)+\(offset)"
    }

    struct Preference: CustomTestStringConvertible, Sendable {
        var shows: String
        var entries: [Entry]
        var expected: String
        var testDescription: String { shows }
    }

    static let preferences = [
        Preference(
            shows: "global over local over weak",
            entries: [
                Entry(name: "weak", value: 0x1000, size: 8, binding: Kind.weak),
                Entry(name: "local", value: 0x1000, size: 8, binding: Kind.local),
                Entry(name: "the_global", value: 0x1000, size: 8, binding: Kind.global),
            ], expected: "the_global"),
        Preference(
            shows: "local over weak",
            entries: [
                Entry(name: "weak", value: 0x1000, size: 8, binding: Kind.weak),
                Entry(name: "the_local", value: 0x1000, size: 8, binding: Kind.local),
            ], expected: "the_local"),
        Preference(
            shows: "unique is global",
            entries: [
                Entry(name: "local", value: 0x1000, size: 8, binding: Kind.local),
                Entry(name: "unique_one", value: 0x1000, size: 8, binding: Kind.unique),
            ], expected: "unique_one"),
        Preference(
            shows: "sized over unsized",
            entries: [
                Entry(name: "a", value: 0x1000),
                Entry(name: "sized", value: 0x1000, size: 8),
            ], expected: "sized"),
        Preference(
            shows: "a function over what has no type",
            entries: [
                Entry(name: "a", value: 0x1000, size: 8, kind: Kind.untyped),
                Entry(name: "function", value: 0x1000, size: 8),
            ], expected: "function"),
        Preference(
            shows: "a local function over a global mark",
            entries: [
                Entry(name: "__start_text", value: 0x1000, kind: Kind.untyped),
                Entry(name: "function", value: 0x1000, size: 8, binding: Kind.local),
            ], expected: "function"),
        Preference(
            shows: "fewer underscores",
            entries: [
                Entry(name: "__libc_malloc", value: 0x1000, size: 8),
                Entry(name: "zmalloc", value: 0x1000, size: 8),
            ], expected: "zmalloc"),
        Preference(
            shows: "functions folded into one by the linker: the shorter, then the first by name",
            entries: [
                Entry(name: "folded_b", value: 0x1000, size: 8),
                Entry(name: "folded_a", value: 0x1000, size: 8),
                Entry(name: "folded_longer", value: 0x1000, size: 8),
            ], expected: "folded_a"),
    ]

    /// The same answer whatever the order of the table.
    @Test(arguments: preferences)
    func `prefers one of several names of an address`(preference: Preference) throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<10 {
            let index = try index(preference.entries.shuffled(using: &random))
            #expect(name(index, 0x1000) == preference.expected)
        }
        #expect(name(try index(preference.entries.reversed()), 0x1000) == preference.expected)
    }

    /// Trap 9: the name of what comes before a gap is a wrong name.
    @Test func `between two sized symbols there is no function`() throws {
        let index = try index([
            Entry(name: "before", value: 0x1000, size: 16),
            Entry(name: "after", value: 0x1040, size: 16),
        ])
        #expect(name(index, 0x100f) == "before+15")
        for address in [0x1010, 0x103f, 0x1050, 0x1fff] as [UInt64] {
            #expect(index.lookup(Address(address)) == .unknown(.betweenSymbols))
        }
        #expect(name(index, 0x1040) == "after")
        #expect(index.lookup(Address(0xfff)) == .unknown(.notCode))
        #expect(index.lookup(Address(0x2000)) == .unknown(.notCode))
    }

    /// Trap 10: code and a symbol that end with the last address there is.
    @Test func `the last symbol may end where addresses do`() throws {
        let code = UInt64.max - 0xfff
        let sized = try index(
            [Entry(name: "last", value: .max - 15, size: 16)], code: code)
        #expect(name(sized, .max - 15) == "last")
        #expect(name(sized, .max - 1) == "last+14")
        let tooLong = try index([Entry(name: "long", value: .max - 15, size: .max)], code: code)
        #expect(name(tooLong, .max - 1) == "long+14")
        #expect(name(tooLong, code) == nil)
        let unsized = try index([Entry(name: "unsized", value: .max - 15)], code: code)
        #expect(name(unsized, .max - 1) == "unsized+14")
        #expect(name(unsized, 0) == nil)
    }

    /// Trap 12: up to the next symbol in the full table, itself alone in the dynamic linker's.
    @Test func `a symbol without a size reaches to the next one, or is its address alone`() throws {
        let entries = [
            Entry(name: "first", value: 0x1000), Entry(name: "second", value: 0x1020, size: 8),
            Entry(name: "last", value: 0x1800),
        ]
        let full = try index(entries)
        #expect(name(full, 0x101f) == "first+31")
        #expect(name(full, 0x1028) == nil)
        #expect(name(full, 0x1fff) == "last+2047")
        #expect(name(full, 0x2000) == nil)
        let dynamic = try index(entries, isDynamic: true)
        #expect(name(dynamic, 0x1000) == "first")
        #expect(name(dynamic, 0x1001) == nil)
        #expect(name(dynamic, 0x1027) == "second+7")
        #expect(name(dynamic, 0x1801) == nil)
    }

    /// Trap 13: a function within another, as assembly and overlapping symbols have it.
    @Test func `the function that starts last counts, and the outer one behind it`() throws {
        let index = try index([
            Entry(name: "outer", value: 0x1000, size: 0x100),
            Entry(name: "inner", value: 0x1040, size: 0x10),
            Entry(name: "far_outer", value: 0x1000, size: 0x80, binding: Kind.local),
        ])
        #expect(name(index, 0x103f) == "outer+63")
        #expect(name(index, 0x1041) == "inner+1")
        #expect(name(index, 0x1050) == "outer+80")
        #expect(name(index, 0x1100) == nil)
    }

    /// Trap 14: the symbol of an indirect function is where its resolver is.
    @Test func `an indirect function has a name but no code of its own to probe`() throws {
        let index = try index([
            Entry(name: "resolve_it", value: 0x1000, size: 16, binding: Kind.local),
            Entry(name: "indirect", value: 0x1000, size: 16, kind: Kind.indirect),
        ])
        guard case .function(let function, 4) = index.lookup(Address(0x1004)) else {
            Issue.record("no function")
            return
        }
        #expect(Set([function.name] + function.aliases) == ["indirect", "resolve_it"])
        #expect(function.probeability == .notProbeable(.indirectFunction))
    }

    /// Trap 15: a part of a function is where its own symbol is, wherever the function is.
    @Test func `parts of functions go by their own symbols`() throws {
        let index = try index([
            Entry(name: "f.cold", value: 0x1000, size: 8, binding: Kind.local),
            Entry(name: "g", value: 0x1010, size: 8),
            Entry(name: "f", value: 0x1800, size: 8),
            Entry(name: "f.part.0", value: 0x1900, size: 8, binding: Kind.local),
            Entry(name: "f.llvm.123", value: 0x1a00, size: 8, binding: Kind.local),
        ])
        for (address, expected) in [
            (0x1004, "f.cold+4"), (0x1014, "g+4"), (0x1804, "f+4"), (0x1904, "f.part.0+4"),
            (0x1a04, "f.llvm.123+4"),
        ] as [(UInt64, String)] { #expect(name(index, address) == expected) }
    }

    /// Trap 17: linkers append versions to names.
    @Test func `versions are left out`() throws {
        let index = try index([
            Entry(name: "old@GLIBC_2.2.5", value: 0x1000, size: 8),
            Entry(name: "new@@GLIBC_2.34", value: 0x1010, size: 8),
            Entry(name: "@odd", value: 0x1020, size: 8), Entry(name: "x@", value: 0x1030, size: 8),
        ])
        #expect(name(index, 0x1000) == "old")
        #expect(name(index, 0x1010) == "new")
        #expect(name(index, 0x1020) == "@odd")
        #expect(name(index, 0x1030) == "x")
    }

    /// Trap 18: what is not a function's name, though it is in the table, in code.
    @Test func `labels, marks, sections and files are no functions`() throws {
        let index = try index([
            Entry(name: "function", value: 0x1000, size: 0x20),
            Entry(name: ".L12", value: 0x1004, kind: Kind.untyped, binding: Kind.local),
            Entry(name: ".text", value: 0x1000, kind: Kind.section, binding: Kind.local),
            Entry(name: "a.c", value: 0, kind: Kind.file, binding: Kind.local, section: 0xfff1),
            Entry(name: "table", value: 0x1008, size: 8, kind: Kind.object),
            Entry(name: "label", value: 0x1010, kind: Kind.untyped),
            Entry(name: "", value: 0x1014),
        ])
        for distance in 1..<UInt64(0x20) {
            #expect(name(index, 0x1000 + distance) == "function+\(distance)")
        }
        #expect(index.lookup(Address(0x1020)) == .unknown(.betweenSymbols))
    }

    @Test func `marks of code and data on arm64 are no functions`() throws {
        let index = try index(
            ["$x", "$d", "$x.12", "$d.realdata"].map {
                Entry(name: $0, value: 0x1100, kind: Kind.untyped, binding: Kind.local)
            } + [
                Entry(name: "$data", value: 0x1200, kind: Kind.untyped),
                Entry(name: "real", value: 0x1000, size: 8),
            ], machine: 183)
        #expect(name(index, 0x1100) == nil)
        #expect(name(index, 0x1200) == "$data")
        #expect(name(index, 0x1000) == "real")
    }

    /// Trap 19: numbers of sections that are none, and one that is elsewhere.
    @Test func `symbols without a section have no address, but one with a large number has`() throws
    {
        let index = try index([
            Entry(name: "undefined", value: 0x1000, section: 0),
            Entry(name: "absolute", value: 0x1010, section: 0xfff1),
            Entry(name: "common", value: 0x1020, section: 0xfff2),
            Entry(name: "elsewhere", value: 0x1030, size: 8, section: 0xffff),
        ])
        for address in [0x1000, 0x1010, 0x1020] as [UInt64] { #expect(name(index, address) == nil) }
        #expect(name(index, 0x1030) == "elsewhere")
    }
}
