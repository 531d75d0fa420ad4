import Report
import TestSupport
import Testing

@Suite("Flame graph SVG")
struct FlameGraphSVGTests {
    private let hostileNames = [
        "]]>", "<script>alert(1)</script>", "a&b\"c'd", "\u{1B}[31m", "\0", "\u{FFFE}",
        "&nbsp;", "operator<=>(int)", "漢字", "😀", "", String(repeating: "&", count: 1_000),
    ]

    private func profile(_ stacks: [([String], UInt64)]) -> StackProfile {
        var profile = StackProfile(valueKinds: [.calls, .totalNanoseconds])
        for (names, value) in stacks {
            profile.add(names.map { Frame($0, module: "m") }, values: [value, value * 1_000])
        }
        return profile
    }

    private func titles(in svg: String) -> [String] {
        svg.split(separator: "<g data-").dropFirst().compactMap { group in
            group.split(separator: "<title>").last?.split(separator: "</title>").first
                .map(String.init)
        }
    }

    @Test("has a title with the numbers of each box")
    func numbers() {
        let svg = FlameGraphSVG().render(
            profile([(["main", "a"], 1_000), (["main", "b"], 2_000)]))
        #expect(
            titles(in: svg) == [
                "all (3,000 calls, 100%)", "main (3,000 calls, 100.00%)", "a (1,000 calls, 33.33%)",
                "b (2,000 calls, 66.67%)",
            ])
    }

    @Test("leaves the narrowest out where they are too many, and says so")
    func tooMany() {
        let stacks = profile((1...30_000).map { (["function \($0)"], UInt64($0 + 1_000)) })
        var options = FlameGraphOptions()
        options.width = 1 << 30
        let svg = FlameGraphSVG(options: options).render(stacks)
        let drawn = titles(in: svg)
        #expect(drawn.count == 12_000)
        #expect(drawn.contains { $0.hasPrefix("function 30000 (") })
        #expect(!drawn.contains { $0.hasPrefix("function 1 (") })
        #expect(svg.contains("the widest 12000 of 30001 boxes"))
        options.subtitle = "on Monday"
        #expect(
            FlameGraphSVG(options: options).render(stacks)
                .contains("on Monday (the widest 12000 of 30001 boxes)"))
        options.minimumWidth = .pixels(0)
        #expect(titles(in: FlameGraphSVG(options: options).render(stacks)).count == 30_001)
    }

    @Test("draws a box as wide as its share")
    func box() {
        var options = FlameGraphOptions()
        options.width = 1_020
        let svg = FlameGraphSVG(options: options).render(profile([(["a"], 1), (["bcd"], 3)]))
        let box = svg.split(separator: "\n").first { $0.contains("<title>bcd") }
        #expect(
            box == """
                <g data-s="1" data-e="4" data-d="1" data-m="m"><title>bcd (3 calls, 75.00%)</title>\
                <rect x="260.00" y="64" width="749.40" height="17" rx="2" \
                fill="rgb(221,182,106)"/>\
                <text x="264.00" y="77">bcd</text></g>
                """)
    }

    @Test("grows up from its roots, or down if inverted")
    func direction() {
        let stacks = profile([(["a"], 1)])
        func tops(isInverted: Bool) -> [Substring] {
            var options = FlameGraphOptions()
            options.isInverted = isInverted
            return FlameGraphSVG(options: options).render(stacks)
                .split(separator: "<g data-").dropFirst()
                .compactMap {
                    $0.split(separator: " y=\"").dropFirst().first?.prefix { $0 != "\"" }
                }
        }
        #expect(tops(isInverted: false) == ["82", "64"])
        #expect(tops(isInverted: true) == ["86", "104"])
    }

    @Test("shows what its options ask for")
    func options() {
        var options = FlameGraphOptions(title: "a < b", valueKind: .totalNanoseconds)
        options.subtitle = "R&D"
        options.width = 800
        options.countName = "nanoseconds"
        options.fontFamily = "Fira Code;}</style>"
        let svg = FlameGraphSVG(options: options).render(profile([(["f"], 2)]))
        #expect(svg.contains(">a &lt; b</text>"))
        #expect(svg.contains(">R&amp;D</text>"))
        #expect(svg.contains("width=\"800\""))
        #expect(!svg.contains("data-fluid"))
        #expect(titles(in: svg).last == "f (2,000 nanoseconds, 100.00%)")
        #expect(svg.contains("{ font-family: Fira Codestyle, monospace;"))
    }

    @Test("says so if there is nothing to show")
    func empty() {
        let empty = StackProfile(valueKinds: [.totalNanoseconds])
        #expect(FlameGraphSVG().render(empty).contains(">no stacks</text>"))
        #expect(FlameGraphSVG().render(profile([])).contains(">no stacks</text>"))
    }

    @Test(
        "is well-formed XML, whatever the names are",
        .enabled(if: Tool.path("xmllint") != nil, "xmllint is not installed"))
    func wellFormed() async throws {
        var stacks = hostileNames.map { ([$0, $0], UInt64(10)) }
        stacks.append((hostileNames, 5))
        var profile = profile(stacks)
        for name in hostileNames { profile.add([Frame("f", module: name)], values: [1, 1]) }
        let name = hostileNames.joined()
        var options = FlameGraphOptions(title: name, valueKind: .calls)
        (options.subtitle, options.countName, options.notes) = (name, name, name + "-- --->")
        let svg = FlameGraphSVG(options: options).render(profile)
        let result = try await run(
            try #require(Tool.path("xmllint")), ["--noout", "--nonet", "-"], input: svg)
        #expect(result.status == 0, "\(result)")
    }

    @Test("always is the same for the same stacks")
    func determinism() {
        let stacks: [([String], UInt64)] = [(["a", "b"], 1), (["c"], 2), (["a", "d"], 3)]
        let svg = FlameGraphSVG().render(profile(stacks))
        #expect(FlameGraphSVG().render(profile(stacks.reversed())) == svg)
    }
}
