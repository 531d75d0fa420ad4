internal import Symbolizer

extension FuzzHarness {
    /// The functions and lines of Go programs.
    static let goTable = FuzzHarness("go-table", seeds: .images) { bytes in
        guard let image = try? ELFImage(bytes: bytes, name: "fuzz"),
            let table = GoFunctionTable(of: image)
        else { return }
        for index in 0..<min(table.count, 50) {
            guard let function = table.function(at: index) else { continue }
            _ = table.lookup(function.address)
            _ = table.line(at: function.address)
            _ = table.frames(at: function.address)
            _ = table.line(at: Address(function.address.rawValue &+ function.size / 2))
            _ = table.frames(at: Address(function.address.rawValue &+ function.size / 2))
        }
        _ = table.lookup(Address(.max))
    }
}
