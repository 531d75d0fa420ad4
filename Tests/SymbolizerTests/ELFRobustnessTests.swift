import TestSupport
import Testing

@testable import Symbolizer

/// Damaged files are errors or miss something, but never end the program.
@Suite struct ELFRobustnessTests {
    private func useAll(of bytes: [UInt8]) {
        guard let image = try? ELFImage(bytes: bytes, name: "damaged") else { return }
        let catalog = FunctionCatalog(of: image)
        _ = catalog.functions(named: "main")
        _ = catalog.functions { $0.count > 200 }
        _ = catalog.finding(forName: "counter")
        for function in catalog.prefix(50) {
            _ = catalog.index.lookup(Address(function.address.rawValue &+ 1))
        }
        _ = catalog.index.lookup(Address(0))
        _ = catalog.index.lookup(Address(.max))
    }

    @Test(arguments: ["lld", "no-sections.so", "no-sections-sysv.so", "minidebug"])
    func `survives every cut`(name: String) throws {
        let bytes = try Fixture.bytes(name)
        // Densely where the headers are, at both ends.
        let counts =
            Array(0..<min(1024, bytes.count))
            + stride(from: 1024, to: bytes.count, by: 97)
            + (max(bytes.count - 300, 0)..<bytes.count)
        for count in counts {
            useAll(of: Array(bytes.prefix(count)))
        }
    }

    @Test func `a cut in the headers is an error that tells where`() throws {
        let bytes = Array(try Fixture.bytes("pie").prefix(70))
        let error = #expect(throws: ELFError.self) {
            try ELFImage(bytes: bytes, name: "cut")
        }
        #expect(error?.description.hasPrefix("cut is damaged: truncated at offset 0x40") == true)
    }

    @Test(arguments: ["pie", "lld", "no-sections.so", "no-sections-sysv.so", "minidebug"])
    func `survives flipped bits`(name: String) throws {
        let original = try Fixture.bytes(name)
        var random = SeededGenerator(seed: 42)
        for round in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...16, using: &random) {
                // Half of them where the headers are.
                let end = round % 2 == 0 ? 1024 : bytes.count
                bytes[Int.random(in: 4..<end, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            useAll(of: bytes)
        }
    }

    @Test func `survives fields of all ones`() throws {
        let original = try Fixture.bytes("no-sections-sysv.so")
        for offset in stride(from: 16, to: 1400, by: 4) {
            var bytes = original
            for index in offset..<offset + 8 { bytes[index] = 0xff }
            useAll(of: bytes)
        }
    }
}
