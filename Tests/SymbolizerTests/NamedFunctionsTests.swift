import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

@Suite struct NamedFunctionsTests {
    /// Addresses of an image: starts and ends of functions, those around them, and any others.
    private func addresses(of catalog: FunctionCatalog, count: Int) -> [UInt64] {
        var generator = SeededGenerator(seed: 41)
        return (0..<count).flatMap { _ -> [UInt64] in
            let function = catalog[Int.random(in: catalog.indices, using: &generator)]
            let (start, size) = (function.address.rawValue, function.size)
            return [
                start, start &- 1, start &+ 1, start &+ size, start &+ size &- 1,
                start &+ size / 2, start ^ generator.next() & 0xffff,
            ]
        }
    }

    @Test(arguments: ["/proc/self/exe", "/lib/x86_64-linux-gnu/libc.so.6", "/bin/bash"])
    func `what is near an address names it as all symbols do`(path: String) throws {
        let image = try ELFImage(path: FilePath(path))
        let catalog = FunctionCatalog(of: image)
        let functions = NamedFunctions(of: image, tables: SymbolTables(of: image))
        var found = 0
        for address in addresses(of: catalog, count: 60) {
            guard let place = functions.findNear(Address(address)) else { continue }
            found += 1
            let expected = try #require(catalog.index.find(Address(address)))
            #expect(place.name == catalog.name(ofFunctionAt: expected.index))
            #expect(place.offset == expected.offset)
            #expect(place.isSized == expected.isSized)
        }
        #expect(found > 200)
    }

    /// Functions within each other, labels, symbols without sizes, several at an address.
    private func mixedImage(_ generator: inout SeededGenerator) throws -> ELFImage {
        let entries = (0..<24).map { number in
            SymbolImageBuilder.Entry(
                name: "symbol\(number)", value: 0x1000 + generator.next() % 64 * 4,
                size: [0, 0, 4, 8, 64][Int(generator.next() % 5)],
                kind: [0, 2, 2, 10][Int(generator.next() % 4)],
                binding: UInt8(generator.next() % 3))
        }
        return try ELFImage(
            bytes: SymbolImageBuilder(entries: entries).image(), name: "mixed")
    }

    @Test func `what is near names as all do, however symbols overlap`() throws {
        var generator = SeededGenerator(seed: 3)
        var found = 0
        for _ in 0..<100 {
            let image = try mixedImage(&generator)
            let index = FunctionCatalog(of: image).index
            let functions = NamedFunctions(of: image, tables: SymbolTables(of: image))
            for address in stride(from: UInt64(0x1000), to: 0x1140, by: 3) {
                guard let place = functions.findNear(Address(address), within: 24) else {
                    continue
                }
                found += 1
                guard case .function(let function, let offset) = index.lookup(Address(address))
                else {
                    Issue.record("all symbols do not name \(address)")
                    continue
                }
                #expect(place.name == function.name && place.offset == offset)
            }
        }
        #expect(found > 3000)
    }
}
