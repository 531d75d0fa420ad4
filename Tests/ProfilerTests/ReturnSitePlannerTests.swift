import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

/// How the end of a call is seen, by the function and by the program it is in.
@Suite struct ReturnSitePlannerTests {
    struct Case: CustomTestStringConvertible {
        var target: String
        var function: String
        var policy = ReturnProbePolicy.automatic
        /// `trampoline`, `exits`, or the beginning of the reason it is refused for.
        var outcome: String

        var testDescription: String { "\(function) in \(target), \(policy.rawValue): \(outcome)" }
    }

    private static func outcome(_ wanted: Case) throws -> String {
        let path = FilePath(try TestTarget(wanted.target).path)
        let image = try ELFImage(path: path)
        let catalog = FunctionCatalog(of: image)
        let planner = ReturnSitePlanner(image: image, catalog: catalog, policy: wanted.policy)
        let function = try #require(catalog.functions(named: wanted.function).first)
        do {
            switch try planner.sites(for: function).returns {
            case .trampoline: return "trampoline"
            case .exits: return "exits"
            }
        } catch let refusal {
            return refusal.reason
        }
    }

    static let cases: [Case] = [
        // No exception can pass through a C program's frames.
        Case(target: "counter", function: "counted_call", outcome: "trampoline"),
        Case(target: "counter", function: "counted_call", policy: .exits, outcome: "exits"),
        Case(
            target: "counter", function: "counted_call", policy: .trampoline,
            outcome: "trampoline"),
        // They can through a C++ program's, however its runtime is linked.
        Case(target: "exceptions", function: "level_3", outcome: "exits"),
        Case(target: "exceptions-static", function: "level_3", outcome: "exits"),
        Case(target: "exceptions-static-libgcc", function: "level_3", outcome: "exits"),
        Case(target: "exceptions", function: "level_3", policy: .trampoline, outcome: "trampoline"),
        // Nothing is called that could throw.
        Case(target: "names-cpp", function: "main", outcome: "exits"),
        // Functions that come back to their return address, or look at it.
        Case(target: "images/static", function: "_setjmp", outcome: "exits"),
        Case(target: "images/static", function: "__sigsetjmp", outcome: "exits"),
        Case(target: "images/static", function: "dlsym", outcome: "exits"),
        Case(target: "images/static", function: "qsort", outcome: "exits"),
        // Code that is not called.
        Case(
            target: "images/cold", function: "_ZN4shop4Cart3addEiPKc.cold",
            outcome: "it is jumped to"),
        Case(target: "counter", function: "_start", outcome: "it is jumped to"),
        Case(
            target: "images/pie", function: "indirect_function",
            outcome: "it is an indirect function"),
    ]

    @Test(arguments: cases)
    func decides(_ wanted: Case) throws {
        #expect(try Self.outcome(wanted).hasPrefix(wanted.outcome))
    }

    /// The exits of a function with a cold part are those of both parts.
    @Test func looksAtTheColdPartToo() throws {
        let image = try ELFImage(path: FilePath(try TestTarget("images/cold").path))
        let catalog = FunctionCatalog(of: image)
        let planner = ReturnSitePlanner(image: image, catalog: catalog, policy: .automatic)
        let function = try #require(
            catalog.functions(named: "_ZN4shop4Cart3addEiPKc").first)
        let sites = try planner.sites(for: function)
        #expect(sites.entry == function.fileOffset)
        // It returns from the hot part, and the cold part throws: jumping there is no exit.
        guard case .exits(let exits) = sites.returns else {
            Issue.record("no exits: \(sites.returns)")
            return
        }
        #expect(exits.map(\.kind) == [.return])
    }
}
