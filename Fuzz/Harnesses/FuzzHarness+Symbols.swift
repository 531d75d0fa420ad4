internal import Symbolizer

extension FuzzHarness {
    /// Symbol tables, also compressed ones and those without section headers.
    static let symbols = FuzzHarness("symbols", seeds: .images) { bytes in
        guard let image = try? ELFImage(bytes: bytes, name: "fuzz") else { return }
        let catalog = FunctionCatalog(of: image)
        _ = catalog.functions(named: "main")
        _ = catalog.finding(forName: "counter")
        for function in catalog.prefix(20) {
            _ = catalog.index.lookup(Address(function.address.rawValue &+ function.size))
            _ = catalog.index.lookup(Address(function.address.rawValue &+ 1))
        }
        _ = catalog.index.lookup(Address(.max))
    }
}
