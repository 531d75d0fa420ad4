import TestSupport
import Testing

/// `uprof doctor`, for somebody who may do everything.
@Suite(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct DoctorTests {
    @Test func saysThatAllIsThere() async throws {
        let result = try await UprofCommand.run(["doctor"])
        #expect(result.status == 0)
        #expect(result.standardError.isEmpty)
        let lines = result.standardOutput.split(separator: "\n")
        for subject in ["kernel", "privileges", "BPF", "BTF", "uprobes", "perf events"] {
            let line = try #require(lines.first { $0.hasPrefix("\(subject)  ") })
            let status = line.dropFirst(subject.count).drop { $0 == " " }.prefix { $0 != " " }
            #expect(status == "ok", "\(line)")
        }
        #expect(!result.standardOutput.contains("missing"))
    }

    /// The columns line up, so that the eye finds what is not ok.
    @Test func alignsItsColumns() async throws {
        let result = try await UprofCommand.run(["doctor"])
        let columns = result.standardOutput.split(separator: "\n").map { line -> Int? in
            let statuses = ["  ok      ", "  limited ", "  missing "]
            return statuses.compactMap { line.firstRange(of: $0) }.first
                .map { line.distance(from: line.startIndex, to: $0.upperBound) }
        }
        #expect(Set(columns).count == 1, "\(result.standardOutput)")
        #expect(columns.first != .some(nil))
    }
}
