import Report
import TestSupport
import Testing

@Suite(
    "Flame graph in a browser", .serialized,
    .enabled(if: Capability.tool("chromium").isAvailable, "chromium is not installed"))
struct FlameGraphBrowserTests {
    /// Runs a script in a graph of three functions; returns what it says with `log`.
    private func session(
        _ script: String, state: String = "", options: FlameGraphOptions = FlameGraphOptions()
    ) async throws -> [String] {
        var profile = StackProfile(valueKinds: [.calls])
        profile.add([Frame("main", module: "kv"), Frame("Insert", module: "kv")], values: [25])
        profile.add([Frame("main", module: "kv"), Frame("insert", module: "libx")], values: [75])
        let element = "<script><![CDATA[\(Self.tools)\n\(script)]]></script>"
        let svg = FlameGraphSVG(options: options).render(profile)
        return try await Browser.console(
            page: svg, name: "f.svg", script: element, before: "</svg>", state: state)
    }

    private static var narrow: FlameGraphOptions {
        var options = FlameGraphOptions()
        options.width = 777
        return options
    }

    private static let tools = """
        const element = id => document.getElementById(id);
        const log = text => console.log(text);
        const boxes = () => [...element("frames").children];
        const box = name => boxes().find(
            g => g.querySelector("title").textContent.startsWith(name + " "));
        const act = (target, type) => target.dispatchEvent(new MouseEvent(type, {bubbles: true}));
        const press = (key, ctrlKey) =>
            window.dispatchEvent(new KeyboardEvent("keydown", {key, ctrlKey}));
        const shown = () => boxes().filter(g => !g.classList.contains("hidden")).length;
        const type = text => {
            element("term").value = text;
            element("term").dispatchEvent(new Event("input"));
        };
        const width = name => box(name).querySelector("rect").getAttribute("width");
        """

    @Test("shows everything and says nothing")
    func quiet() async throws {
        #expect(try await session("") == [])
        let log = try await session("log(`${shown()} ${innerWidth} ${width('main')}`);")
        #expect(log == ["4 1020 999.40"])
    }

    @Test("zooms in and out, and keeps that in the address")
    func zoom() async throws {
        let log = try await session(
            """
            act(box("insert").querySelector("rect"), "click");
            log(`${shown()} ${width("insert")} ${width("main")} ${location.hash}`);
            log(box("main").classList.contains("caller"));
            act(element("unzoom"), "click");
            log(`${shown()} ${width("insert")} ${location.hash}`);
            """)
        #expect(log == ["3 999.40 999.40 #x=25&y=2", "true", "4 749.40 "])
    }

    @Test("finds what matches a pattern, whatever is typed")
    func search() async throws {
        let log = try await session(
            """
            press("f", true);
            log(document.activeElement.id);
            const found = () => log(
                `[${element("matched").textContent}]${element("term").className}`);
            type("^ins"); found();
            press("i", true); found();
            type("main|insert"); found();
            type("(["); found();
            type(""); found();
            type("x"); found();
            press("Escape"); found();
            """)
        #expect(
            log == [
                "term", "[Matched: 75.0%]", "[Matched: 100.0%]", "[Matched: 100.0%]",
                "[Matched: 100.0%]invalid", "[]", "[Matched: 0.0%]", "[]",
            ])
    }

    @Test("takes its state from the address", arguments: ["#", "?"])
    func state(separator: String) async throws {
        let log = try await session(
            "log(`${shown()} ${element('matched').textContent} ${element('term').value}`);",
            state: "\(separator)x=0&y=2&s=%5EINS&i=1")
        #expect(log == ["3 Matched: 100.0% ^INS"])
    }

    @Test("describes the box under the pointer")
    func details() async throws {
        let log = try await session(
            """
            act(box("insert").querySelector("rect"), "mouseover");
            log(element("details").textContent);
            """)
        #expect(log == ["insert (75 calls, 75.00%) in libx"])
    }

    @Test("keeps the width that was asked for")
    func fixedWidth() async throws {
        let log = try await session(
            "log(document.documentElement.getAttribute('width'));",
            options: Self.narrow)
        #expect(log == ["777"])
    }
}
