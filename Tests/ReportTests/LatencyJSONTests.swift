import Foundation
import Report
import Testing

@Suite("JSON")
struct LatencyJSONTests {
    @Test("has the documented names and order, on one line")
    func report() {
        var report = LatencyReport.sample
        report.functions.removeAll { $0.function == "malloc" }
        report.objectFamily = .legacy
        report.objectLimits = "less \"deep\""
        #expect(
            LatencyJSON().render(report) == """
                {"schema": "uprof.attach/1", "duration_ns": 10000000000, \
                "object_family": "legacy", "object_limits": "less \\"deep\\"", "functions": [\
                {"module": "kvstore", "function": "compact", "calls": 1, "total_ns": 1500000, \
                "mean_ns": 1500000, "min_ns": 1500000, "max_ns": 1500000, "p50_ns": 1500000, \
                "p90_ns": 1500000, "p99_ns": 1500000, "p999_ns": 1500000, "probe": "session", \
                "site_offset": 16, \
                "histogram": [{"from_ns": 1441792, "to_ns": 1507328, "calls": 1}]}, \
                {"module": "/usr/lib/libc.so.6", "function": "free", "calls": 0, "total_ns": 0, \
                "mean_ns": 0, "min_ns": 0, "max_ns": 0, "p50_ns": 0, "p90_ns": 0, "p99_ns": 0, \
                "p999_ns": 0, "probe": "multi", "site_offset": 22136, "histogram": []}], \
                "lost": {"abandoned_frames": 0, "thread_exited": 0, "exec": 0, \
                "returns_without_entry": 0, "too_deep": 3, "running_at_end": 1, \
                "thread_table_full": 0, "stack_table_full": 0, "ring_full": 0, \
                "missed_by_kernel": 0, "stacks_truncated": 0, \
                "tail_calls": 0, "on_signal_stack": 0}}

                """)
    }

    @Test("is JSON, whatever the names are")
    func hostile() throws {
        let name = "\"\\\n\r\t\0\u{1B}\u{7F}\u{9B}\u{2028}</script>é😀"
        var report = LatencyReport.sample
        report.functions[0].function = name
        report.functions[0].totalNanoseconds = .max
        let text = LatencyJSON().render(report)
        #expect(text.filter { $0.isNewline }.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let functions = try #require(object?["functions"] as? [[String: Any]])
        #expect(functions[0]["function"] as? String == name)
        #expect(functions[0]["total_ns"] as? UInt64 == .max)
    }

    @Test("describes a slow call on one line, innermost frame first")
    func slowCall() {
        #expect(
            SlowCallJSON().render(.sample) == """
                {"schema": "uprof.slow-call/1", "time_ns": 1772368496123456789, "pid": 71, \
                "tid": 72, "comm": "worker \\"1\\"", "duration_ns": 12345678, \
                "module": "kvstore", "function": "compact", "stack": [\
                {"module": "/usr/bin/kvstore", "function": "compact", "kind": "inlined"}, \
                {"module": "/usr/bin/kvstore", "function": "main", "kind": "user"}, \
                {"module": "", "function": "[truncated: no frame pointers in libz.so]", \
                "kind": "truncated"}]}

                """)
    }
}
