import Testing

@testable import Symbolizer

@Suite struct SymbolIndexTests {
    private func address(_ name: String, in catalog: FunctionCatalog) throws -> UInt64 {
        try #require(catalog.functions(named: name).first).address.rawValue
    }

    private func describe(_ lookup: SymbolIndex.Lookup) -> String {
        switch lookup {
        case .function(let function, let offset): "\(function.name)+\(offset)"
        case .unknown(let reason): reason.description
        }
    }

    @Test(arguments: [
        ("pie", "global_function", 0, "global_function+0"),
        ("pie", "global_function", 2, "global_function+2"),
        // No size: up to the next symbol.
        ("pie", "unsized_function", 2, "unsized_function+2"),
        ("pie", "unsized_function", 15, "unsized_function+15"),
        // Exported without a size: its own address alone.
        ("dynsym-only", "unsized_function", 0, "unsized_function+0"),
        ("dynsym-only", "unsized_function", 2, "between two symbols"),
        ("pie", "untyped_function", 1, "untyped_function+1"),
        // A label is a place in its function.
        ("pie", "labelled_function", 1, "labelled_function+1"),
        // A gap belongs to nobody.
        ("pie", "labelled_function", 2, "between two symbols"),
        ("pie", "after_gap", -1, "between two symbols"),
        ("pie", "after_gap", 0, "after_gap+0"),
    ])
    func `finds the function of an address`(
        image: String, name: String, distance: Int, expected: String
    ) throws {
        let catalog = try Fixture.catalog(image)
        let address = Address(UInt64(Int(try address(name, in: catalog)) + distance))
        #expect(describe(catalog.index.lookup(address)) == expected)
    }

    @Test func `every byte of every sized function is in it`() throws {
        for name in ["pie", "static", "lld", "cold"] {
            let catalog = try Fixture.catalog(name)
            for function in catalog.prefix(200) where function.size > 0 {
                for distance in [0, function.size / 2, function.size - 1] {
                    let address = Address(function.address.rawValue + distance)
                    guard case .function(let found, let offset) = catalog.index.lookup(address)
                    else {
                        Issue.record("\(function.name)+\(distance) of \(name) is unknown")
                        continue
                    }
                    #expect(found.address.rawValue + offset == address.rawValue)
                }
            }
        }
    }

    @Test func `tells why an address has no name`() throws {
        let catalog = try Fixture.catalog("pie")
        let linkage = try #require(catalog.image.section(named: ".plt"))
        let cases: [(UInt64, UnknownReason)] = [
            (0, .notCode), (.max, .notCode), (linkage.address, .linkageTable),
        ]
        for (address, reason) in cases {
            #expect(catalog.index.lookup(Address(address)) == .unknown(reason))
        }
        let stripped = try Fixture.catalog("stripped")
        #expect(stripped.index.lookup(stripped.image.entry) == .unknown(.noSymbols))
    }
}
