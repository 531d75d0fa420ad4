import Glibc
import SystemPackage
import Testing

@testable import Symbolizer

/// A program of `TestTargets/symbols`, one address of which has a known chain of functions.
struct ChainProgram: CustomTestStringConvertible {
    /// The name in the table of variants.
    var name: String
    /// The source with the comments that mark the lines of the chain.
    var source = "chain.c"
    /// The names of the chain, the innermost first.
    var functions = ["leaf", "mid", "outer"]

    var testDescription: String { name }

    static func cpp(_ name: String) -> ChainProgram {
        ChainProgram(
            name: name, source: "chain.cpp",
            functions: ["_ZNK5chain3Box4leafEi", "_ZN5chain3midIiEEvT_", "outer"])
    }

    private static let targets: String = {
        let parts = #filePath.split(separator: "/").dropLast(4)
        return "/" + parts.joined(separator: "/") + "/TestTargets/"
    }()

    /// Whether the tools to build it were there.
    static func exists(_ name: String) -> Bool {
        access(targets + "build/symbols/\(name)", R_OK) == 0
    }

    /// The path of the program.
    var path: FilePath { FilePath(Self.targets + "build/symbols/\(name)") }

    /// The path of its source.
    var sourcePath: String { Self.targets + "symbols/\(source)" }

    /// Whether a path is that of its source, wherever the package is.
    func isSource(_ path: String?) -> Bool {
        path?.hasPrefix("/") == true && path?.hasSuffix("/TestTargets/symbols/\(source)") == true
    }

    func image() throws -> ELFImage { try ELFImage(path: path) }

    func information() throws -> DebugInformation {
        try #require(
            DebugInformation(try image(), splitFiles: SplitFileLocator(nextTo: [path])))
    }

    /// The addresses of a symbol.
    func addresses(of symbol: String) throws -> Range<UInt64> {
        let functions = FunctionCatalog(of: try image()).functions(named: symbol)
        let function = try #require(functions.first)
        return function.address.rawValue..<function.address.rawValue + function.size
    }

    /// The address in the innermost function, which the assembler has marked.
    func point() throws -> UInt64 {
        let symbol = try Fixture.output("nm '\(path)'").split(separator: "\n").first {
            $0.hasSuffix(" chain_point")
        }
        return try #require(symbol.flatMap { UInt64($0.prefix(16), radix: 16) })
    }

    /// The lines of the chain, from the comments in the source.
    func lines() throws -> [Int] {
        let lines = try Fixture.output("cat '\(sourcePath)'").split(
            separator: "\n", omittingEmptySubsequences: false)
        return try ["leaf", "mid", "outer"].map { mark in
            let index = lines.firstIndex {
                $0.hasSuffix("// => \(mark)") || $0.hasSuffix("/* => \(mark) */")
            }
            return try #require(index) + 1
        }
    }
}

extension SourceFrame {
    /// The name an oracle would print.
    var symbolName: String? { linkageName ?? name }
}
