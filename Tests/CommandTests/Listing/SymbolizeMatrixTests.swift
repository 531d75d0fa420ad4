import Foundation
import TestSupport
import Testing

/// `uprof symbolize` on every kind of debug information: one address whose chain is known from the
/// source, `TestTargets/symbols/chain.c`.
@Suite struct SymbolizeMatrixTests {
    struct Row: CustomTestStringConvertible {
        /// What it is built as, below `TestTargets/build`.
        var directory: String
        var program = "program"
        /// The file that has the symbol of the address.
        var truth = "truth"
        var debugDirectory: String?
        /// MiniDebugInfo has names, and no lines.
        var hasLines = true

        var testDescription: String { "\(directory)/\(program)" }

        static func compiled(_ name: String) -> Row {
            Row(directory: "symbols", program: name, truth: name)
        }

        static func split(
            _ name: String, debugDirectory: String? = nil, hasLines: Bool = true
        ) -> Row {
            Row(
                directory: "debug-files/\(name)", debugDirectory: debugDirectory, hasLines: hasLines
            )
        }

        var path: String { "\(TestTarget.buildDirectory)/\(directory)/" }
        var exists: Bool { FileManager.default.fileExists(atPath: path + program) }
    }

    static let rows: [Row] = [
        .compiled("gcc-dwarf-2"), .compiled("gcc-dwarf-3"), .compiled("gcc-dwarf-4"),
        .compiled("gcc-dwarf-5"), .compiled("clang-dwarf-2"), .compiled("clang-dwarf-3"),
        .compiled("clang-dwarf-4"), .compiled("clang-dwarf-5"), .compiled("clang-g1"),
        .compiled("gcc-dwarf-4-64"), .compiled("gcc-dwarf-5-64"), .compiled("gcc-lto"),
        .compiled("clang-lto"), .compiled("gcc-static-pie"), .compiled("gcc-no-pie"),
        .compiled("gcc-dwo-4"), .compiled("gcc-dwo-5"), .compiled("clang-dwo-4"),
        .compiled("clang-dwo-5"), .compiled("gcc-dwp-4"), .compiled("gcc-dwp-5"),
        .compiled("clang-dwp-4"), .compiled("clang-dwp-5"),
        .split("zlib"), .split("zlib-gnu"), .split("zstd"), .split("link-beside"),
        .split("link-subdirectory"), .split("build-id", debugDirectory: "debug"),
        .split("minidebug", hasLines: false), .split("dwz"),
        .split("dwz-link", debugDirectory: "debug"), .split("object"), .split("lld"),
    ]

    private static let source: [Substring] = {
        let path = TestTarget.packageDirectory + "/TestTargets/symbols/chain.c"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }()

    private func line(_ name: String) throws -> Int {
        try #require(Self.source.firstIndex { $0.contains("=> \(name) ") }) + 1
    }

    @Test(arguments: rows.filter(\.exists))
    func namesTheWholeChain(row: Row) async throws {
        let tool = try #require(Tool.path("nm"))
        let names = try await run(tool, [row.path + row.truth]).check().standardOutput
        let symbol = try #require(
            names.split(separator: "\n").first { $0.hasSuffix(" chain_point") })
        var address = try #require(UInt64(symbol.prefix { $0 != " " }, radix: 16))
        if row.truth == "truth", row.directory.hasSuffix("object") {
            // The section of the function follows one of another, and each counts from zero.
            let outer = try await run(tool, ["-S", row.path + row.truth]).check().standardOutput
            let other = try #require(
                outer.split(separator: "\n").first { $0.hasSuffix(" discarded") })
            let size = try #require(UInt64(other.split(separator: " ")[1], radix: 16))
            address += (size + 15) & ~15
        }
        let directories = row.debugDirectory.map { ["--debug-dir", row.path + $0] } ?? []
        let result = try await UprofCommand.run(
            ["symbolize", "--exe", row.path + row.program, String(address, radix: 16)]
                + directories + ["--no-debuginfod"]
        ).check()
        let lines = result.standardOutput.split(separator: "\n").dropFirst().map { line in
            line.split(separator: "/").last.map(String.init) ?? ""
        }
        guard row.hasLines else {
            #expect(lines == ["outer", "??:?"])
            return
        }
        #expect(
            lines == [
                "leaf", "chain.c:\(try line("leaf"))", "mid", "chain.c:\(try line("mid"))",
                "outer", "chain.c:\(try line("outer"))",
            ])
    }

    /// A table that lost its rows would pass.
    @Test func isBuilt() {
        #expect(Self.rows.filter { $0.directory != "symbols" && $0.exists }.count >= 9)
    }
}
