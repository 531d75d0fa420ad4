import Foundation
import Report
import TestSupport
import Testing

/// What programs of others tell, as text and as JSON.
@Suite struct ProgramReportTests {
    private static let table = ProgramTable(
        name: "map", title: "Calls",
        columns: [
            .init(field: "pid", title: "PID", isNumeric: true, width: 5),
            .init(field: "name", title: "NAME", isNumeric: false, width: 6),
            .init(field: "args", title: "ARGS", isNumeric: false, width: 8),
        ],
        rows: [
            [.number(12), .text("a\u{1B}[1m"), .words(["x", "", "b c", "it's"])],
            [.number(345_678), .text("longer name"), .missing],
        ])

    private static let histograms = ProgramHistograms(
        name: "times", title: "time", unit: "ns",
        all: [
            .init(labels: [], counts: [1, 0, 4, 0]),
            .init(labels: [("pid", .number(7))], counts: [0, 2]),
        ])

    private static let report = ProgramReport(
        name: "tool", durationNanoseconds: 5, maps: [.table(table), .histograms(histograms)],
        losses: [.init(count: 2, what: "events")])

    @Test(arguments: [
        (ProgramCell.number(.max), "18446744073709551615"), (.signed(-1), "-1"),
        (.boolean(true), "true"), (.hexadecimal(255), "0xff"), (.duration(1_500), "1.50 µs"),
        (.time(0), "1970-01-01T00:00:00.000000Z"), (.text("a\nb"), "a\u{FFFD}b"),
        (.words(["ls", "-l", "a b", "", "$x"]), "ls -l 'a b' '' '$x'"),
        (.list([.number(1), .signed(-2)]), "1,-2"), (.missing, "?"), (.words([]), ""),
    ])
    func `cells are shown`(cell: ProgramCell, text: String) {
        #expect(cell.text == text)
    }

    /// The width of columns does not wait for what comes later; the last one has no end.
    @Test func `records come line by line`() {
        let text = ProgramText()
        #expect(text.header(Self.table) == "  PID  NAME    ARGS\n")
        let lines = Self.table.rows.map { text.record($0, of: Self.table) }
        #expect(
            lines == [
                "   12  a\u{FFFD}[1m   x '' 'b c' 'it'\\''s'\n", "345678  longer name  ?\n",
            ])
    }

    @Test func `tables and bars are drawn`() {
        let full = String(repeating: "█", count: 40)
        let (empty, quarter) = (
            String(repeating: " ", count: 40),
            String(repeating: "█", count: 10) + String(repeating: " ", count: 30)
        )
        #expect(
            ProgramText().render(Self.report) == """
                Calls
                   PID  NAME         ARGS
                    12  a\u{FFFD}[1m        x '' 'b c' 'it'\\''s'
                345678  longer name  ?

                time: 5
                  ns                                                    count
                   0  -  1  |\(quarter)|      1
                   2  -  3  |\(empty)|      0
                   4  -  7  |\(full)|      4

                time, pid 7: 2
                  ns                                                    count
                   2  -  3  |\(full)|      2

                """)
    }

    @Test func `a limit is told`() {
        var table = Self.table
        table.limit = 1
        var report = Self.report
        report.maps = [.table(table)]
        #expect(ProgramText().render(report).hasSuffix("'it'\\''s'\n… and 1 more\n"))
    }

    @Test func `nothing is said to be nothing`() {
        var report = Self.report
        let none = ProgramHistograms(
            name: "", title: "times", unit: nil, all: [.init(labels: [], counts: [0, 0])])
        report.maps = [
            .table(.init(name: "", title: "calls", columns: Self.table.columns)),
            .histograms(none),
        ]
        #expect(ProgramText().render(report) == "calls: nothing\n\ntimes: nothing\n")
    }

    @Test func `json has it all`() throws {
        let json = ProgramJSON()
        #expect(
            json.record(Self.table.rows[0], of: Self.table) == """
                {"schema": "uprof.object/1", "event": "map", "fields": {"pid": 12, "name": \
                "a\\u001b[1m", "args": ["x", "", "b c", "it's"]}}

                """)
        #expect(
            json.render(Self.report) == """
                {"schema": "uprof.object/1", "name": "tool", "duration_ns": 5, "maps": {"map": \
                [{"fields": {"pid": 12, "name": "a\\u001b[1m", "args": ["x", "", "b c", "it's"]}}, \
                {"fields": {"pid": 345678, "name": "longer name"}}], "times": [{"of": {}, \
                "buckets": [{"from": 0, "to": 1, "count": 1}, {"from": 4, "to": 7, "count": 4}]}, \
                {"of": {"pid": 7}, "buckets": [{"from": 2, "to": 3, "count": 2}]}]}, "lost": \
                [{"count": 2, "what": "events"}]}

                """)
    }

    @Test func `the largest buckets have ends`() {
        let one = ProgramHistograms.One(
            labels: [], counts: Array(repeating: 0, count: 62) + [1, 1])
        #expect(one.rows.map(\.from) == [1 << 62, 1 << 63])
        #expect(one.rows.map(\.to) == [1 << 63 - 1, .max])
    }

    /// Its name is there when it is complete, and an old file until then.
    @Test func `a stream becomes a file at its end`() throws {
        let directory = try ScratchDirectory()
        let path = try directory.write("old", to: "out")
        var file = try StreamedFile(path)
        try file.write("a")
        try file.write("b")
        #expect(try directory.text(of: "out") == "old")
        try file.finish()
        #expect(try directory.text(of: "out") == "ab")
        #expect(try directory.names() == ["out"])
        do {
            var other = try StreamedFile(path)
            try other.write("c")
        }
        #expect(try directory.text(of: "out") == "ab")
        #expect(try directory.names() == ["out"])
        #expect(throws: OutputError.self) { _ = try StreamedFile(directory.file("no/file")) }
    }
}
