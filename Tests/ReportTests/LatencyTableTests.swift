import Report
import Testing

@Suite("Latency table")
struct LatencyTableTests {
    @Test("has a line for each function, the most time first")
    func table() {
        #expect(
            LatencyTable().render(.sample) == """
                MODULE     FUNCTION  CALLS  CALLS/S    TOTAL     MEAN      P50      P90      P99    P99.9      MAX
                kvstore    compact       1     0.10  1.50 ms  1.50 ms  1.50 ms  1.50 ms  1.50 ms  1.50 ms  1.50 ms
                libc.so.6  malloc    1,000      100   300 µs   300 ns   300 ns   300 ns   300 ns   300 ns   300 ns
                libc.so.6  free          0        0        -        -        -        -        -        -        -

                lost: 3 calls nested deeper than the kernel's 64 return probes per thread
                note: 1 call still running at the end of the measurement
                note: stacks need frame pointers

                """)
    }

    @Test("says nothing of losses without any")
    func clean() {
        let report = LatencyReport(durationNanoseconds: 1)
        #expect(
            LatencyTable().render(report)
                == "MODULE  FUNCTION  CALLS  CALLS/S  TOTAL  MEAN  P50  P90  P99  P99.9  MAX\n")
    }

    @Test("fits long names into the terminal", arguments: [80, 100, 120, 200, 300])
    func width(width: Int) {
        let name = "std::vector<" + String(repeating: "std::pair<int, long>, ", count: 20) + ">"
        var function = FunctionLatency(
            module: "/usr/lib/libnames.so", function: name, probe: .multi, siteOffset: 0)
        function.record(1_000)
        let report = LatencyReport(durationNanoseconds: 1, functions: [function])
        let lines = LatencyTable(width: width).render(report).split(separator: "\n")
        #expect(lines[1].count <= width)
        #expect(lines[1].count > width - 12)
        #expect(lines[1].contains("std::vec"))
        let whole = LatencyTable().render(report)
        #expect(whole.contains(name))
    }

    @Test("lets no name touch the terminal")
    func harmless() {
        let function = FunctionLatency(
            module: "lib\u{1B}[2J.so", function: "a\nb", probe: .multi, siteOffset: 0)
        let table = LatencyTable().render(
            LatencyReport(durationNanoseconds: 1, functions: [function], notes: ["x\u{7}y"]))
        #expect(table.contains("lib\u{FFFD}[2J.so  a\u{FFFD}b"))
        #expect(!table.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }
}
