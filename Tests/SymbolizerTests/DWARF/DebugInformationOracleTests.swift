import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// Real programs: what llvm-symbolizer says about addresses all over their code.
@Suite(.enabled(if: Tool.path("llvm-symbolizer") != nil, "llvm-symbolizer of Debian's llvm"))
struct DebugInformationOracleTests {
    /// Programs in C, C++, Rust and Swift, with the standard library of the third. None is split:
    /// LLVM 14 misses inlined calls there whose addresses are in range lists.
    static let programs = [
        "symbols/gcc-dwarf-4", "symbols/gcc-lto", "symbols/clang-cpp", "symbols/rust",
        "symbols/swift", "kvstore", "names-cpp", "names-rust", "names-swift",
    ].filter { TestTarget.exists($0) }

    /// What it says about each address: functions and places in turn, the innermost first.
    private func oracle(_ path: String, _ addresses: [UInt64]) throws -> [[Substring]] {
        let input = addresses.map { "0x" + String($0, radix: 16) + "\n" }.joined()
        let text = try Fixture.output(
            "llvm-symbolizer --inlines --no-demangle --functions --obj='\(path)'", input: input)
        return text.split(separator: "\n\n").map { $0.split(separator: "\n") }
    }

    /// Addresses all over the functions, the same in each run.
    private func addresses(of image: ELFImage) -> [UInt64] {
        var random = SeededGenerator(seed: 3)
        let functions = Array(FunctionCatalog(of: image)).filter { $0.size > 0 }
        return (0..<1500).compactMap { _ in
            functions.randomElement(using: &random).map {
                $0.address.rawValue + .random(in: 0..<$0.size, using: &random)
            }
        }
    }

    @Test(arguments: programs)
    func `agrees about functions and lines`(name: String) throws {
        let path = FilePath(try TestTarget(name).path)
        let image = try ELFImage(path: path)
        let information = try #require(
            DebugInformation(image, splitFiles: SplitFileLocator(nextTo: [path])))
        let addresses = addresses(of: image)
        let expected = try oracle(path.string, addresses)
        try #require(expected.count == addresses.count)
        var known = 0
        for (address, lines) in zip(addresses, expected) {
            let frames = information.sourceFrames(at: Address(address))
            guard !frames.isEmpty else {
                // It has the symbol table too, and its file names, which have no lines.
                #expect(lines.last?.hasSuffix(":0:0") == true, "\(Address(address)): \(lines)")
                continue
            }
            known += 1
            let places = frames.map { "\($0.file ?? "??"):\($0.line):\($0.column)" }
            let theirs = stride(from: 1, to: lines.count, by: 2).map { String(lines[$0]) }
            // Where there is no line, it takes the file from the symbol table.
            let isWithoutLine = places == ["??:0:0"] && theirs.last?.hasSuffix(":0:0") == true
            #expect(places == theirs || isWithoutLine, "\(Address(address))")
            // It names the outermost function by the symbol table, which has other aliases.
            let names = frames.dropLast().map { $0.symbolName ?? "??" }
            let theirNames = stride(from: 0, to: lines.count - 2, by: 2).map { String(lines[$0]) }
            #expect(names == theirNames, "\(Address(address))")
        }
        #expect(known > 0)
    }
}
