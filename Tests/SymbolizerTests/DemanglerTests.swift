import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

@Suite struct DemanglerTests {
    struct Case: CustomTestStringConvertible {
        var mangled: String
        var full: String?
        var base: String?
        var testDescription: String { mangled }
    }

    @Test(arguments: [
        Case(mangled: "_Z3fooi", full: "foo(int)", base: "foo"),
        Case(
            mangled: "_ZN2ns5Class6methodEiPKc", full: "ns::Class::method(int, char const*)",
            base: "ns::Class::method"),
        Case(
            mangled: "_ZNSt6vectorIiSaIiEE9push_backEOi",
            full: "std::vector<int, std::allocator<int> >::push_back(int&&)",
            base: "std::vector<int, std::allocator<int> >::push_back"),
        Case(mangled: "_ZplRK1AS1_", full: "operator+(A const&, A const&)", base: "operator+"),
        Case(mangled: "_Z1fIiEvT_", full: "void f<int>(int)", base: "f<int>"),
        Case(mangled: "_Z3fooi@plt", full: "foo(int)@plt", base: "foo@plt"),
        Case(
            mangled: "$s5Names6ServerV6handle7request_SiSS_SitF@plt",
            full: "Names.Server.handle(request: Swift.String, _: Swift.Int) -> Swift.Int@plt",
            base: "Names.Server.handle@plt"),
        Case(mangled: "malloc@plt"),
        Case(mangled: "_Z3fooi.cold", full: "foo(int) [clone .cold]", base: "foo"),
        Case(
            mangled: "_Z3fooi.part.0.isra.2", full: "foo(int) [clone .part.0] [clone .isra.2]",
            base: "foo"),
        Case(mangled: "_Z3fooi.llvm.123", full: "foo(int) [clone .llvm.123]", base: "foo"),
        Case(
            mangled: "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE",
            full: "core::fmt::Formatter::pad", base: "core::fmt::Formatter::pad"),
        Case(
            mangled: "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE.llvm.42",
            full: "core::fmt::Formatter::pad", base: "core::fmt::Formatter::pad"),
        Case(
            mangled: "_RNvCskwGfYPst2Cb_3foo16example_function",
            full: "foo::example_function", base: "foo::example_function"),
        Case(
            mangled: "$s5Names6ServerV6handle7request_SiSS_SitF",
            full: "Names.Server.handle(request: Swift.String, _: Swift.Int) -> Swift.Int",
            base: "Names.Server.handle"),
        Case(mangled: "malloc"), Case(mangled: ""), Case(mangled: "_"), Case(mangled: "_Z"),
        Case(mangled: "_Zfoo"), Case(mangled: "_R"), Case(mangled: "$s"), Case(mangled: "$s!"),
        Case(mangled: "_T0"), Case(mangled: "_ZN"), Case(mangled: "_Z.cold"),
    ])
    func `demangles`(name: Case) {
        #expect(Demangler.demangle(name.mangled) == name.full)
        #expect(Demangler.baseName(name.mangled) == name.base)
    }

    /// What Swift's own demangler would end the process over is not demangled.
    @Test(arguments: [
        "_T0Rv_", "$sRv_", "$sRvz", "$sRvs", "$sSiRVz", "$sRvd__", "$sRvd1_2_", "$sRv_1l",
        "$sRvz_l", "$sRvd", "$sRv12", "$sRv",
    ])
    func leavesMarksWithoutSignature(name: String) {
        #expect(Demangler.demangle(name) == nil)
    }

    @Test func demanglesPacks() {
        #expect(Demangler.baseName("$s1a3fooyyxxQpRvzlF") == "a.foo")
    }

    @Test(arguments: [
        (
            "Names.Server.handle(request: Swift.String, _: Swift.Int) -> Swift.Int",
            "Names.Server.handle(request:_:)", "Names.Server.handle"
        ),
        ("Names.add(Swift.Int, Swift.Int) -> Swift.Int", "Names.add(_:_:)", "Names.add"),
        ("Names.run() -> ()", "Names.run()", "Names.run"),
        (
            "Names.map<A>((Swift.Int) -> A, by: [A : B]) -> [A]", "Names.map(_:by:)",
            "Names.map"
        ),
        (
            "(extension in Names):Swift.Array< where A == Swift.Int>.total() -> Swift.Int",
            "Swift.Array.total()", "Swift.Array.total"
        ),
        (
            "Names.(secret in _0123ABCD)(Swift.Int) -> Swift.Int", "Names.secret(_:)",
            "Names.secret"
        ),
        (
            "closure #1 (Swift.Int) -> Swift.Int in Names.run(to: Swift.Int) -> ()",
            "closure #1 in Names.run(to:)", "closure #1 in Names.run"
        ),
        (
            "Names.Server.count.getter : Swift.Int", "Names.Server.count.getter",
            "Names.Server.count.getter"
        ),
        ("", "", ""), ("(((", "(_:)", ""), ("<<a", "", ""), ("a -> ", "a", "a"), (")>", ")>", ")>"),
    ])
    func `shortens Swift names`(full: String, labelled: String, bare: String) {
        let name = SwiftName(full)
        #expect(name.labelled == labelled)
        #expect(name.bare == bare)
    }

    @Test(arguments: [
        ("shop::Cart::add(int, char const*)", "shop"), ("f<unsigned long>", "f"),
        ("std::string::append", "append"), ("ns::operator<<", "ns"), ("operator+", ""),
        ("(anonymous namespace)::run(int)", "run"), ("core::fmt::Formatter::pad", "Formatter"),
        ("", ""), ("()", ""), ("Names.Server.handle(request:)", "Server"),
    ])
    func `knows the word a mangled name must have in it`(name: String, word: String) {
        #expect(SourceName.longestWord(of: name) == Array(word.utf8))
        #expect(SourceName.longestWord(of: "x::oper", isPartial: true).isEmpty == false)
        #expect(SourceName.longestWord(of: "oper", isPartial: true).isEmpty)
    }

    @Test func `all spellings of a name are known`() {
        #expect(
            Demangler.spellings(of: "_Z3fooi.isra.0")
                == ["foo", "foo(int)", "foo(int) [clone .isra.0]"])
        #expect(Demangler.spellings(of: "_Z3fooi.cold") == ["foo(int) [clone .cold]"])
        #expect(Demangler.spellings(of: "malloc").isEmpty)
    }

    @Test(arguments: ["cold", "static"])
    func `demangles C++ as c++filt does`(image: String) throws {
        let names = try Fixture.catalog(image).map(\.name).filter { $0.hasPrefix("_Z") }
        try compare(names, tool: "c++filt --no-verbose")
    }

    @Test func `demangles the C++ library as c++filt does`() throws {
        let library = try ELFImage(path: "/usr/lib/x86_64-linux-gnu/libstdc++.so.6")
        let names = FunctionCatalog(of: library).map(\.name).filter { $0.hasPrefix("_Z") }
        try compare(names, tool: "c++filt --no-verbose")
    }

    @Test func `demangles Swift as swift-demangle does`() throws {
        let names = try Fixture.catalog("names-swift").map(\.name).filter { $0.hasPrefix("$s") }
        #expect(names.count > 5)
        try compare(names, tool: "swift demangle --compact --no-sugar")
    }

    @Test(arguments: ["names-rust", "names-rust-v0"])
    func `demangles Rust`(image: String) throws {
        let catalog = try Fixture.catalog(image)
        let mangled = catalog.map(\.name).filter { Demangler.language(of: $0) == .rust }
        #expect(mangled.count > 100)
        let failed = mangled.filter { Demangler.demangle($0) == nil }
        #expect(failed.isEmpty)
        let names = mangled.compactMap { Demangler.baseName($0) }
        #expect(names.contains { $0.hasPrefix("names::store::lookup") })
    }

    private func compare(_ names: [String], tool: String) throws {
        let expected = try Fixture.output(tool, input: names.joined(separator: "\n") + "\n")
            .split(separator: "\n").map(String.init)
        try #require(expected.count == names.count)
        var differences: [String] = []
        for (name, answer) in zip(names, expected) {
            let ours = Demangler.demangle(name) ?? name
            if ours != answer { differences.append("\(name): \(ours), not \(answer)") }
        }
        #expect(differences.isEmpty)
    }

    @Test(.timeLimit(.minutes(1)))
    func `survives names nobody mangled`() {
        let seeds = [
            "_ZNSt6vectorIiSaIiEE9push_backEOi", "_RNvCskwGfYPst2Cb_3foo16example_function",
            "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE",
            "$s5Names6ServerV6handle7request_SiSS_SitF", "_T0s5print", "$sSaySiG",
        ]
        var random = SeededGenerator(seed: 3)
        for seed in seeds {
            for count in 0...seed.utf8.count { use(String(seed.prefix(count))) }
            for _ in 0..<2000 {
                var bytes = Array(seed.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let index = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[index] = UInt8.random(in: 0x24...0x7a, using: &random)
                }
                use(String(decoding: bytes, as: UTF8.self))
            }
        }
        for prefix in ["_ZP", "_ZNS", "_Z1fI", "_RNvC", "_RINv", "$sSay", "$sx"] {
            for letter in ["P", "I", "N", "S", "y", "1a", "_"] {
                use(prefix + String(repeating: letter, count: 5000))
            }
        }
    }

    private func use(_ name: String) {
        _ = Demangler.demangle(name)
        _ = Demangler.spellings(of: name)
    }
}
