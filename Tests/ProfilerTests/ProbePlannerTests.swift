import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

@Suite struct ProbePlannerTests {
    /// Plans for patterns in programs of `TestTargets/`.
    private static func plan(
        _ patterns: [String], in targets: [String] = ["stacks"], limit: Int = 1_000
    ) throws -> ProbePlanner {
        var planner = ProbePlanner(
            patterns: try patterns.map { try FunctionPattern($0) }, policy: .automatic,
            limit: limit)
        let modules = try targets.map(module)
        for module in modules { _ = try planner.probes(in: module) }
        _ = try planner.checkMatches(in: "the target", modulePaths: modules.map(\.path))
        return planner
    }

    private static func module(_ target: String) throws -> ProbePlanner.Module {
        let path = try TestTarget(target).path
        return ProbePlanner.Module(
            file: try #require(FileIdentity(path: FilePath(path))), path: path,
            openPath: FilePath(path))
    }

    private static func error(
        _ patterns: [String], in targets: [String] = ["stacks"], limit: Int = 1_000
    ) -> String {
        do {
            return "\(try plan(patterns, in: targets, limit: limit).probes)"
        } catch {
            return "\(error)"
        }
    }

    @Test func givesEachFunctionAnID() throws {
        let planner = try Self.plan(["stack_*", "shared_call"], in: ["stacks", "libshared.so"])
        #expect(planner.probes.map(\.id) == Array(0..<5))
        #expect(
            Set(planner.probes.map(\.name))
                == ["stack_a", "stack_b", "stack_c", "stack_leaf", "shared_call"])
        #expect(planner.probes.last?.module == "libshared.so")
        #expect(planner.refusals.isEmpty)
    }

    /// The second time a module comes along, its functions keep their ids.
    @Test func plansAModuleOnce() throws {
        var planner = ProbePlanner(
            patterns: [try FunctionPattern("stack_*")], policy: .automatic, limit: 1_000)
        let module = try Self.module("stacks")
        let first = try planner.probes(in: module)
        let second = try planner.probes(in: module)
        #expect(first.map(\.id) == second.map(\.id))
        #expect(planner.probes.count == 4)
    }

    /// What several patterns mean, and the several names of one address, are one probe.
    @Test func plansAFunctionOnce() throws {
        #expect(try Self.plan(["stack_a", "stack_*", "/stack_a/"]).probes.count == 4)
        let aliases = ["global_function", "weak_alias", "__internal_alias"]
        #expect(try Self.plan(aliases, in: ["images/pie"]).probes.count == 1)
    }

    @Test func allowsAsManyFunctionsAsTheLimit() throws {
        #expect(try Self.plan(["stack_*"], limit: 4).probes.count == 4)
    }

    struct Failure: CustomTestStringConvertible {
        var patterns: [String]
        var target = "stacks"
        var limit = 1_000
        var words: [String]

        var testDescription: String { "\(patterns.joined(separator: " ")) in \(target)" }
    }

    static let failures = [
        Failure(
            patterns: ["stack_*"], limit: 3, words: ["match 4 functions", "--max-functions 3"]),
        Failure(patterns: ["stack_leav"], words: ["'stack_leav'", "did you mean stack_leaf"]),
        Failure(patterns: ["demo::plan"], target: "names-cpp", words: ["demo::plain"]),
        Failure(patterns: ["zzz*"], words: ["'zzz*'", "uprof functions"]),
        Failure(patterns: ["leaf_calls"], words: ["'leaf_calls'", "variable"]),
        Failure(patterns: ["printf"], words: ["'printf'"]),
        Failure(patterns: ["per_thread"], target: "images/pie", words: ["'per_thread'"]),
        Failure(patterns: ["libm:sin"], words: ["'libm:sin'", "it has stacks"]),
        Failure(patterns: ["f"], target: "variant-stripped", words: ["'f'", "no symbols"]),
        Failure(patterns: ["_start"], words: ["cannot probe _start", "return address"]),
    ]

    @Test(arguments: failures)
    func saysWhyNothingCanBeProbed(_ failure: Failure) {
        let text = Self.error(failure.patterns, in: [failure.target], limit: failure.limit)
        for word in failure.words { #expect(text.contains(word)) }
    }
}
