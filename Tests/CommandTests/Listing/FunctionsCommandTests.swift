import TestSupport
import Testing

/// `uprof functions`: what can be probed, and why the rest cannot.
@Suite struct FunctionsCommandTests {
    /// One line: address, size, module, name, remark.
    private struct Line {
        var address: UInt64
        var size: Int
        var module: String
        var name: String
        var remark: String?

        init?(_ text: Substring) {
            let columns = text.split(separator: " ", maxSplits: 3)
            guard columns.count == 4, columns[0].count == 16,
                let address = UInt64(columns[0], radix: 16), let size = Int(columns[1])
            else { return nil }
            (self.address, self.size, module) = (address, size, String(columns[2]))
            let parts = columns[3].split(separator: "  [", maxSplits: 1)
            name = String(parts[0])
            remark = parts.count == 2 ? String(parts[1].dropLast()) : nil
        }
    }

    private static func list(_ target: String, _ patterns: String...) async throws -> [Line] {
        let result = try await UprofCommand.run(
            ["functions", "--binary", TestTarget(target).path] + patterns
        ).check()
        #expect(result.standardError.isEmpty)
        return try result.standardOutput.split(separator: "\n").map { try #require(Line($0)) }
    }

    /// Addresses and sizes are those of the symbol table.
    @Test(
        .enabled(
            if: Capability.tool("readelf").isAvailable, "\(Capability.tool("readelf").reason)"),
        arguments: ["stacks", "variant-no-pie", "variant-dynsym", "libshared.so", "kvstore"])
    func agreesWithTheSymbolTable(target: String) async throws {
        let lines = try await Self.list(target)
        let path = try TestTarget(target).path
        let table = try await run(
            try #require(Tool.path("readelf")), ["-Ws", path]
        ).check().standardOutput
        let known = Set(
            table.split(separator: "\n").compactMap { row in
                // Num: Value Size Type …
                let columns = row.split(separator: " ")
                return columns.count > 3 ? "\(columns[1]) \(columns[2])" : nil
            })
        #expect(lines.count > 3)
        #expect(lines.map(\.address) == lines.map(\.address).sorted())
        for line in lines {
            #expect(line.module == target)
            let digits = String(line.address, radix: 16)
            let padded = String(repeating: "0", count: 16 - digits.count) + digits
            #expect(known.contains("\(padded) \(line.size)"), "\(line)")
        }
    }

    @Test func listsWhatAPatternMeans() async throws {
        let lines = try await Self.list("stacks", "stack_*")
        #expect(Set(lines.map(\.name)) == ["stack_a", "stack_b", "stack_c", "stack_leaf"])
        #expect(lines.allSatisfy { $0.size > 0 && $0.remark == nil })
    }

    /// Variables, imports and files are no functions.
    @Test func listsNothingButFunctions() async throws {
        let names = Set(try await Self.list("images/pie").map(\.name))
        #expect(names.isSuperset(of: ["main", "local_function", "global_function"]))
        #expect(
            names.isDisjoint(with: ["counter", "table", "per_thread", "functions.c", "printf"]))
    }

    struct Remark: CustomTestStringConvertible {
        var target: String
        var function: String
        var words: String

        var testDescription: String { "\(function) in \(target)" }
    }

    @Test(arguments: [
        Remark(target: "images/pie", function: "indirect_function", words: "indirect function"),
        Remark(target: "images/pie", function: "_start", words: "no return address"),
        Remark(target: "images/cold", function: "*cold*", words: "no return address"),
        Remark(target: "images/cold", function: "shop::Cart::add", words: "exit"),
        Remark(target: "names-cpp", function: "demo::callLambda", words: "probed at its 2 exits"),
    ])
    func saysHowOrWhyNot(_ expected: Remark) async throws {
        let lines = try await Self.list(expected.target, expected.function)
        #expect(lines.contains { $0.remark?.contains(expected.words) == true })
    }

    @Test func listsTheModulesOfAProcess() async throws {
        let process = try await TestTarget("shared-user").startWaiting()
        let result = try await UprofCommand.run([
            "functions", "--pid", "\(process.processID)", "shared_call", "libc:malloc",
        ]).check()
        let lines = result.standardOutput.split(separator: "\n").compactMap(Line.init)
        #expect(lines.map(\.name).sorted() == ["malloc", "shared_call"])
        #expect(Set(lines.map(\.module)) == ["libc.so.6", "libshared.so"])
    }

    @Test func suggestsANameForOneThatIsNotThere() async throws {
        let result = try await UprofCommand.run([
            "functions", "--binary", try TestTarget("stacks").path, "stack_leav",
        ])
        #expect(result.status == 1)
        #expect(result.standardOutput.isEmpty)
        #expect(result.standardError.contains("did you mean stack_leaf"))
    }
}
