import SystemPackage
import Testing

@testable import Symbolizer

@Suite struct FunctionCatalogTests {
    /// The names nm gives the addresses of functions.
    private func namesByAddress(_ tool: String, _ name: String) throws -> [UInt64: Set<String>] {
        var names: [UInt64: Set<String>] = [:]
        // readelf -s: number: value size type binding visibility section name
        for line in try Fixture.lines(tool, name) {
            let fields = line.split(separator: " ")
            guard fields.count >= 8, fields[3] == "FUNC" || fields[3] == "IFUNC",
                fields[6] != "UND", let address = UInt64(fields[1], radix: 16)
            else { continue }
            let plain = fields[7].split(separator: "@").first ?? fields[7]
            names[address, default: []].insert(String(plain))
        }
        return names
    }

    @Test(arguments: [
        ("pie", "readelf -sW"), ("no-pie", "readelf -sW"), ("static", "readelf -sW"),
        ("static-pie", "readelf -sW"), ("lld", "readelf -sW"), ("cold", "readelf -sW"),
        ("names-swift", "readelf -sW"), ("liblibrary.so", "readelf -sW"),
        ("dynsym-only", "readelf --dyn-syms -W"),
    ])
    func `has every function readelf lists, each address once`(name: String, tool: String) throws {
        let expected = try namesByAddress(tool, name)
        let catalog = try Fixture.catalog(name)
        #expect(!expected.isEmpty)
        var found: [UInt64: Set<String>] = [:]
        for function in catalog {
            #expect(found[function.address.rawValue] == nil)
            found[function.address.rawValue] = Set([function.name] + function.aliases)
        }
        for (address, names) in expected {
            #expect(found[address]?.isSuperset(of: names) == true, "\(names)")
        }
        #expect(catalog.map(\.address) == catalog.map(\.address).sorted())
    }

    @Test func `names a function with several names by the global one`() throws {
        let catalog = try Fixture.catalog("pie")
        let function = try #require(catalog.functions(named: "global_function").first)
        #expect(function.name == "global_function")
        #expect(function.aliases == ["__internal_alias", "weak_alias"])
        #expect(function.binding == .global)
        #expect(catalog.first { $0.address == function.address }?.name == "global_function")
    }

    @Test func `a function found by an alias goes by it`() throws {
        let catalog = try Fixture.catalog("pie")
        let function = try #require(catalog.functions(named: "weak_alias").first)
        #expect(function.name == "weak_alias")
        #expect(function.aliases == ["global_function", "__internal_alias"])
        let globbed = catalog.functions { $0.count > 4 && $0[0] == 0x77 && $0[4] == 0x5f }
        #expect(globbed.map(\.name) == ["weak_alias"])
    }

    @Test func `names malloc of the C library malloc`() throws {
        let catalog = FunctionCatalog(of: try ELFImage(path: "/lib/x86_64-linux-gnu/libc.so.6"))
        let malloc = try #require(catalog.functions(named: "malloc").first)
        #expect(malloc.aliases.contains("__libc_malloc"))
        #expect(malloc.probeability == .probeable)
        #expect(catalog.first { $0.address == malloc.address }?.name == "malloc")
    }

    @Test(
        arguments: [
            ("local_function", .probeable), ("global_function", .probeable), ("main", .probeable),
            ("untyped_function", .probeable), ("unsized_function", .probeable),
            ("indirect_function", .notProbeable(.indirectFunction)),
            ("_start", .entryOnly(.notCalled)),
        ] as [(String, Probeability)])
    func `tells whether a function can be probed`(name: String, expected: Probeability) throws {
        let function = try #require(try Fixture.catalog("no-pie").functions(named: name).first)
        #expect(function.probeability == expected)
        #expect(function.fileOffset != nil)
    }

    @Test func `a program's entry is known without its name`() throws {
        let catalog = try Fixture.catalog("pie")
        let entry = try #require(catalog.first { $0.address == catalog.image.entry })
        #expect(entry.probeability == .entryOnly(.notCalled))
    }

    @Test func `a cold part has no return to probe`() throws {
        let catalog = try Fixture.catalog("cold")
        let parts = catalog.filter { $0.name.hasSuffix(".cold") }
        #expect(!parts.isEmpty)
        #expect(parts.allSatisfy { $0.probeability == .entryOnly(.notCalled) })
    }

    @Test(
        arguments: [
            ("setjmp", .returnsTwice), ("__sigsetjmp", .returnsTwice),
            ("getcontext", .returnsTwice),
            ("f.cold", .notCalled), ("f.cold.3", .notCalled), ("f.part.0.cold", .notCalled),
            ("_dl_runtime_resolve_xsavec", .notCalled), ("f.part.0", nil), ("f.constprop.1", nil),
            ("cold", nil), ("f.1", nil), ("f.", nil), ("", nil), (".cold", .notCalled),
        ] as [(String, Probeability.ReturnHazard?)])
    func `knows by name what returns must not be probed`(
        name: String, expected: Probeability.ReturnHazard?
    ) {
        #expect(Probeability.ReturnHazard(ofFunctionNamed: name) == expected)
    }

    @Test func `takes names from what is left of the tables`() throws {
        let sources: [(String, SymbolSource)] = [
            ("pie", .symbolTable), ("dynsym-only", .dynamicSymbolTable),
            ("no-sections", .dynamicSymbolTable), ("minidebug", .dynamicSymbolTable),
        ]
        for (name, source) in sources {
            let catalog = try Fixture.catalog(name)
            #expect(catalog.functions(named: "global_function").map(\.source) == [source])
        }
        let local = try Fixture.catalog("minidebug").functions(named: "local_function")
        #expect(local.map(\.source) == [.miniDebugInfo])
        #expect(try Fixture.catalog("dynsym-only").functions(named: "local_function").isEmpty)
        #expect(try Fixture.catalog("stripped").isEmpty)
    }

    @Test func `MiniDebugInfo gives the functions of the full table`() throws {
        let full = try Fixture.catalog("pie").functions(named: "local_function")
        let mini = try Fixture.catalog("minidebug").functions(named: "local_function")
        #expect(mini.map(\.address) == full.map(\.address))
    }

    @Test(arguments: ["no-sections.so", "no-sections-sysv.so"])
    func `finds all exported functions without section headers`(name: String) throws {
        let catalog = try Fixture.catalog(name)
        #expect(Set(catalog.map(\.name)) == ["exported", "versioned"])
    }

    @Test func `versions are not part of names`() throws {
        let catalog = try Fixture.catalog("liblibrary.so")
        #expect(catalog.functions(named: "versioned").count == 2)
        #expect(catalog.allSatisfy { !$0.name.contains("@") })
    }

    @Test(
        arguments: [
            ("pie", "counter", "is a variable, not a function"),
            ("pie", "per_thread", "is a thread-local variable, not a function"),
            ("pie", "absolute_number", "is a constant, not a function"),
            ("pie", "printf", "is imported from another library; look in libc.so.6"),
            ("pie", "inner_label", "is a label in labelled_function, at +0x1"),
            ("pie", "nonexistent", nil),
            ("stripped", "printf", "is imported from another library; look in libc.so.6"),
        ] as [(String, String, String?)])
    func `explains names that are no functions`(
        name: String, symbol: String, expected: String?
    ) throws {
        let catalog = try Fixture.catalog(name)
        #expect(catalog.functions(named: symbol).isEmpty)
        #expect(catalog.finding(forName: symbol)?.explanation == expected)
    }

    @Test(
        arguments: [
            ("pie", "global_fuction", "global_function"), ("pie", "mian", "main"),
            ("pie", "GLOBAL_FUNCTION", nil), ("pie", "label", "labelled_function"),
            ("cold", "shop::Cart::addd", "shop::Cart::add"), ("cold", "shop::Cart::dad", nil),
            ("names-swift", "Names.Server.handel", "Names.Server.handle"), ("pie", "", nil),
        ] as [(String, String, String?)])
    func `suggests names like the wanted one`(
        image: String, name: String, expected: String?
    ) throws {
        let names = try Fixture.catalog(image).nearestNames(to: name, limit: 3)
        #expect(names.first == expected)
        #expect(names.count <= 3)
    }

    @Test(arguments: [
        ("cold", "shop::Cart::add"), ("cold", "shop::Cart::add(int, char const*)"),
        ("cold", "shop::Cart::scaled<double>"), ("names-swift", "Names.Server.handle"),
        ("names-swift", "Names.Server.handle(request:_:)"),
        ("names-rust-v0", "names::store::lookup::<usize>"), ("names-rust", "names::store::lookup"),
    ])
    func `finds functions by their names in the source`(image: String, name: String) throws {
        #expect(try !Fixture.catalog(image).functions(sourceName: name).isEmpty)
    }

    @Test func `matches any spelling of a name`() throws {
        let catalog = try Fixture.catalog("cold")
        let found = catalog.functionsSpelled(where: { $0.hasPrefix("shop::Cart::add") })
        #expect(found.contains { $0.displayName == "shop::Cart::add(int, char const*)" })
        #expect(catalog.functionsSpelled(where: { $0 == "main" }).map(\.name) == ["main"])
    }

    @Test(arguments: ["", "Cart::", "ad", "shop::Cart::add"])
    func `a part that all matches have loses none`(part: String) throws {
        let catalog = try Fixture.catalog("cold")
        let found = catalog.functionsSpelled(containing: part) { $0 == "shop::Cart::add" }
        #expect(found.map(\.name) == ["_ZN4shop4Cart3addEiPKc"])
    }

    @Test func `a source name is not that of a cold part`() throws {
        let found = try Fixture.catalog("cold").functions(sourceName: "shop::Cart::add")
        #expect(found.map(\.name) == ["_ZN4shop4Cart3addEiPKc"])
    }

    @Test func `object files have no addresses to probe`() throws {
        #expect(try Fixture.catalog("object.o").isEmpty)
    }
}
