import Symbolizer
import Testing

@testable import Profiler

/// What a user is told who may not sample.
@Suite struct PerfSamplingErrorTests {
    @Test func namesTheSettingAndTheRemedy() {
        let error = PerfSamplingError.notPermitted(ProcessID(12), level: 3)
        #expect(
            error.description
                == "sampling process 12 is not permitted (kernel.perf_event_paranoid is 3); "
                + "set it to 2 or less (sysctl kernel.perf_event_paranoid=2), or run as root")
        #expect(error.isPermission)
    }

    @Test func blamesTheProcessWhereTheSettingAllowsIt() {
        let error = PerfSamplingError.notPermitted(ProcessID(12), level: 2)
        #expect(error.description.contains("another user's"))
        #expect(!error.description.contains("sysctl"))
    }

    @Test func allProcessesTakeRoot() {
        let error = PerfSamplingError.notPermitted(nil, level: 2)
        #expect(error.description.hasSuffix("run as root"))
    }

    @Test func theLevelIsRead() throws {
        let level = try #require(PerfSamplingError.level)
        #expect((-1...4).contains(level))
    }
}
