import Foundation
import TestSupport
import Testing

extension Attaching {
    /// `--stacks`: calls and time by call stack.
    @Suite(.serialized) struct StackTests {
        /// Measures `stacks`; returns the report and the folded stacks by their text.
        private static func fold(
            functions: [String], options: [String] = []
        ) async throws -> (measurement: Measurement, stacks: [String: UInt64]) {
            let directory = try ScratchDirectory()
            let path = directory.file("out.folded")
            let measurement = try await Attach.command(
                "stacks", functions: functions, options: ["--folded", path] + options)
            let lines = try directory.text(of: "out.folded").split(separator: "\n")
            let stacks = try lines.map { line in
                let space = try #require(line.lastIndex(of: " "))
                return (String(line[..<space]), try #require(UInt64(line[space...].dropFirst())))
            }
            return (measurement, Dictionary(uniqueKeysWithValues: stacks))
        }

        /// The part of a stack that the program knows: from main on.
        private static func fromMain(_ stack: String) throws -> String {
            let start = try #require(stack.range(of: ";main;"), "\(stack)")
            return String(stack[start.lowerBound...].dropFirst())
        }

        @Test(arguments: ["modern", "legacy"])
        func countsCallsByStack(family: String) async throws {
            let (measurement, stacks) = try await Self.fold(
                functions: ["stack_leaf"], options: ["--object-family", family])
            let known = try Dictionary(
                stacks.map { (try Self.fromMain($0), Int($1)) }, uniquingKeysWith: +)
            #expect(known == (try measurement.truth.stacks))
            #expect(stacks.values.reduce(0, +) == 400)
        }

        /// Every probed function is a leaf of its own, also where it has called another one.
        @Test func countsCallsOfInnerAndOuterFunctions() async throws {
            let (measurement, stacks) = try await Self.fold(functions: ["stack_*"])
            let known = try Dictionary(
                stacks.map { (try Self.fromMain($0), Int($1)) }, uniquingKeysWith: +)
            #expect(
                known == [
                    "main;stack_a": 400, "main;stack_a;stack_b": 300, "main;stack_a;stack_c": 100,
                    "main;stack_a;stack_b;stack_leaf": 300, "main;stack_a;stack_c;stack_leaf": 100,
                ])
            let calls = try measurement.report.calls.values.reduce(0, +)
            #expect(stacks.values.reduce(0, +) == UInt64(calls))
        }

        /// A return trampoline on the stack does not hide the real caller.
        @Test(arguments: ["auto", "exits", "trampoline"], ["modern", "legacy"])
        func seesTheRealCallers(returns: String, family: String) async throws {
            let (_, stacks) = try await Self.fold(
                functions: ["stack_a", "stack_b", "stack_leaf"],
                options: ["--returns", returns, "--object-family", family])
            let known = try Set(stacks.keys.map { try Self.fromMain($0) })
            #expect(
                known == [
                    "main;stack_a", "main;stack_a;stack_b", "main;stack_a;stack_b;stack_leaf",
                    "main;stack_a;stack_c;stack_leaf",
                ])
        }

        @Test func addsUpTimeByStack() async throws {
            let (measurement, stacks) = try await Self.fold(
                functions: ["stack_b", "stack_c"], options: ["--value", "time"])
            for function in try measurement.report.functions {
                let sum = stacks.filter { $0.key.hasSuffix(";\(function.function)") }
                    .values.reduce(0, +)
                #expect(sum == function.totalNs)
            }
        }

        /// Neither libc nor the interpreter have frame pointers.
        @Test(.enabled(if: Capability.tool("python3").isAvailable))
        func seesWholeStacksThroughLibraries() async throws {
            let directory = try ScratchDirectory()
            let path = directory.file("out.folded")
            let measurement = try await Attach.command(
                ["/usr/bin/python3", "-c", "print(len([str(i) for i in range(100)]))"],
                functions: ["libc:malloc"], options: ["--folded", path])
            let stacks = try Recording.stacks(of: try directory.text(of: "out.folded"))
            let calls = stacks.reduce(0) { $0 + $1.value }
            #expect(calls == (try measurement.report.functions.reduce(0) { $0 + $1.calls }))
            let whole = stacks.filter { $0.isWhole && $0.frames.contains("Py_BytesMain") }
            #expect(Double(whole.reduce(0) { $0 + $1.value }) > 0.9 * Double(calls))
        }

        /// Without a file, the stacks are printed below the table.
        @Test func printsStacksWithoutAFile() async throws {
            let result = try await UprofCommand.run([
                "attach", "--quiet", "--func", "stack_leaf", "--stacks", "--",
                try TestTarget("stacks").path,
            ])
            #expect(result.standardError.isEmpty)
            #expect(result.standardOutput.contains("main;stack_a;stack_b;stack_leaf 300\n"))
            #expect(result.standardOutput.contains("main;stack_a;stack_c;stack_leaf 100\n"))
        }
    }
}
