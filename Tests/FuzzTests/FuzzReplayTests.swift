import Foundation
import FuzzHarnesses
import TestSupport
import Testing

/// What fuzzing started from and what it found: each input that once failed is kept in
/// `Fuzz/Failures`.
@Suite struct FuzzReplayTests {
    private static func inputs(_ kind: String, of harness: FuzzHarness) -> [String] {
        let folder = "\(TestTarget.packageDirectory)/Fuzz/\(kind)/\(harness.name)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\(folder)/\($0)" }
    }

    /// A trap ends the test run here, and the name of the harness is the last one shown.
    @Test(.timeLimit(.minutes(1)), arguments: FuzzHarness.all.map(\.name))
    func `survives what it once did not`(name: String) throws {
        let harness = try #require(FuzzHarness.all.first { $0.name == name })
        let inputs = Self.inputs("Seeds", of: harness) + Self.inputs("Failures", of: harness)
        for path in inputs {
            harness.run([UInt8](try Data(contentsOf: URL(filePath: path))))
        }
        harness.run([])
        #expect(harness.seeds == .images || !Self.inputs("Seeds", of: harness).isEmpty)
    }

    @Test func `every kept input is of a harness`() throws {
        let names = Set(FuzzHarness.all.map(\.name))
        #expect(names.count == FuzzHarness.all.count)
        for kind in ["Seeds", "Failures"] {
            let folder = "\(TestTarget.packageDirectory)/Fuzz/\(kind)"
            let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            #expect(names.isSuperset(of: found.filter { !$0.hasPrefix(".") && $0 != "README.md" }))
        }
    }
}
