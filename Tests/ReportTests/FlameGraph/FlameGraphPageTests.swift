import TestSupport
import Testing

@testable import Report

@Suite(
    "Flame graph page in a browser", .serialized,
    .enabled(if: Capability.tool("chromium").isAvailable, "chromium is not installed"))
struct FlameGraphPageTests {
    private static let stacks = "main;b;d 1\nmain;a 3\nmain;b;c 2\nmain;b;b 4"

    /// Runs a script in the page of some stacks; returns what it says with `log`.
    private func session(
        _ script: String, state: String = "", stacks: String = stacks,
        options: FlameGraphOptions = FlameGraphOptions(), page: [UInt8]? = nil,
        arguments: [String] = []
    ) async throws -> [String] {
        let page = page ?? FlameGraphHTML(options: options).draw(FlameTree(folded: stacks))
        return try await Browser.console(
            page: String(decoding: page, as: UTF8.self), name: "f.html",
            script: "<script>\(Self.tools)\nready().then(async () => {\n\(script)\n});</script>",
            before: "</body>", state: state, arguments: arguments)
    }

    private static let tools = """
        const $ = id => document.getElementById(id);
        const log = text => console.log("[" + text + "]");
        // Time here is the browser's own, and stands still for what is not a script.
        const ready = () => new Promise(done => {
            const ask = () => {
                for (let i = 0; i < 1e6; i++);
                if (document.documentElement.dataset.ready) done(); else setTimeout(ask, 20);
            };
            ask();
        });
        const frame = () => new Promise(done => setTimeout(done, 50));
        const press = (key, options = {}) => document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
        const app = () => window.flamegraph;
        const nodes = () => [...Array(app().tree.count).keys()];
        const name = node => app().frames.name(app().tree.frame[node]);
        const find = text => nodes().find(node => name(node) === text);
        const send = (type, text, options = {}) => {
            const box = app().graph.box(find(text)), canvas = $("canvas").getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.top + 5];
            $("canvas").dispatchEvent(new PointerEvent(type, {
                clientX: canvas.left + x, clientY: canvas.top + y, bubbles: true, ...options }));
        };
        const type = text => {
            $("term").value = text;
            $("term").dispatchEvent(new Event("input"));
        };
        const zoomed = () => name(app().graph.zoomed);
        const totals = () => nodes().filter(node => app().tree.total[node] > 0)
            .map(node => name(node) + app().tree.total[node]).join(" ");
        """

    @Test("shows everything and says nothing")
    func quiet() async throws {
        #expect(try await session("") == [])
        let log = try await session("await frame(); log(`${app().graph.drawn} ${totals()}`);")
        #expect(log == ["[7 all10 main10 a3 b7 b4 c2 d1]"])
    }

    @Test("zooms on a click, goes back, and keeps that in the address")
    func zoom() async throws {
        let log = try await session(
            """
            send("click", "b");
            log(`${zoomed()} ${location.hash} ${app().graph.box(find("c")).width / innerWidth > 0.25}`);
            send("click", "c");
            log(zoomed());
            press("Backspace");
            log(zoomed());
            send("click", "main");
            log(zoomed());
            press("0");
            log(zoomed() + location.hash);
            """)
        #expect(log == ["[b #z=0.2 true]", "[c]", "[b]", "[main]", "[all]"])
    }

    @Test("finds what matches a pattern, whatever is typed")
    func search() async throws {
        let log = try await session(
            """
            press("f", { ctrlKey: true });
            log(document.activeElement.id);
            const found = () => log($("matched").textContent + $("term").className);
            type("^[BD]$"); found();
            press("i", { ctrlKey: true }); found();
            type("^[bd]$"); found();
            type("(["); found();
            type("^(a|d)$"); found();
            const step = () => { press("n"); log(name(app().graph.selected)); };
            step(); step(); step();
            press("n", { shiftKey: true }); log(name(app().graph.selected));
            type(""); found();
            type("x"); found();
            press("n"); press("Escape"); found();
            """)
        #expect(
            log == [
                "[term]", "[Matched: 70.0%]", "[Matched: 0.0%]", "[Matched: 70.0%]",
                "[Matched: 70.0%invalid]", "[Matched: 40.0%]", "[a]", "[d]", "[a]", "[d]", "[]",
                "[Matched: 0.0%]", "[]",
            ])
    }

    @Test("hides stacks and functions, and shows them again")
    func hiding() async throws {
        let log = try await session(
            """
            send("click", "c", { ctrlKey: true });
            log(totals());
            send("click", "b", { altKey: true });
            log(totals());
            app().unhide(1);
            log(totals());
            app().reset();
            app().focusOn(find("b"));
            log(totals());
            """)
        #expect(
            log == [
                "[all8 main8 a3 b5 b4 d1]", "[all3 main3 a3]", "[all8 main8 a3 b5 b4 d1]",
                "[all7 main7 b7 b4 c2 d1]",
            ])
    }

    @Test("turns stacks round, sorts them by size, and puts the roots at the top")
    func transformations() async throws {
        let log = try await session(
            """
            press("r"); log(totals());
            press("r"); press("s"); log(totals());
            const below = () => app().graph.box(find("a")).top > app().graph.box(find("main")).top;
            log(below()); press("i"); log(below());
            """)
        #expect(
            log == [
                "[all10 a3 main3 b4 b4 main4 c2 b2 main2 d1 b1 main1]",
                "[all10 main10 b7 b4 c2 d1 a3]", "[false]", "[true]",
            ])
    }

    @Test("begins reversed where it was asked to, and says so")
    func reversed() async throws {
        var options = FlameGraphOptions()
        options.isReversed = true
        let log = try await session(
            """
            const pressed = () => $("reversed").getAttribute("aria-pressed") + location.hash;
            log(totals()); log(pressed()); press("r"); log(totals()); log(pressed());
            """, options: options)
        #expect(
            log == [
                "[all10 a3 main3 b4 b4 main4 c2 b2 main2 d1 b1 main1]", "[true]",
                "[all10 main10 a3 b7 b4 c2 d1]", "[false#r=1]",
            ])
    }

    @Test("tells where a function is, as far as its places agree")
    func places() async throws {
        var profile = StackProfile(valueKinds: [.calls])
        var main = Frame("main", module: "/bin/x")
        (main.file, main.line, main.buildID) = ("/src/main.c", 12, "abcd")
        var leaf = Frame("leaf", module: "/bin/x")
        (leaf.file, leaf.line) = ("/src/leaf.c", 3)
        profile.add([main, leaf], values: [1])
        leaf.line = 4
        profile.add([main, leaf], values: [2])
        let page = FlameGraphHTML().draw(FlameTree(profile, valueIndex: 0))
        let log = try await session(
            """
            for (const text of ["main", "leaf"]) {
                app().select(find(text)); log($("details").textContent);
            }
            log(totals());
            """, page: page)
        #expect(log.count == 3)
        #expect(log.first?.hasSuffix("at /src/main.c:12build ID abcd]") == true)
        #expect(log.dropFirst().first?.hasSuffix("at /src/leaf.c]") == true)
        #expect(log.last == "[all3 main3 leaf3]")
    }

    @Test("takes its state from the address, and no harm from a bad one")
    func state() async throws {
        let first = try await session(
            "log(`${zoomed()} ${totals()} ${$('matched').textContent}`);",
            state: "#z=0.2&s=%5Ec&i=1&o=1")
        #expect(first == ["[b all10 main10 b7 b4 c2 d1 a3 Matched: 20.0%]"])
        let hidden = try await session(
            "log(totals());",
            state:
                "#h=%5B%7B%22kind%22%3A%22stack%22%2C%22frame%22%3A2%2C%22path%22%3A%220.2%22%7D%5D"
        )
        #expect(hidden == ["[all3 main3 a3]"])
        let bad = try await session(
            "log(zoomed());", state: "?z=zz.9..&s=%5B&h=%5B%7B%22kind%22%3A1%7D%5D&f=-7&v=x")
        #expect(bad == ["[all]"])
    }

    @Test("has the same in tables")
    func tables() async throws {
        let log = try await session(
            """
            const text = id => [...$(id).querySelectorAll(".rows .row")].map(row =>
                [...row.querySelectorAll(".cell")].map(cell => cell.textContent).join(" ").trim());
            press("2"); log(text("top").slice(0, 2).join("|"));
            press("3"); log(text("tree").length);
            app().views.showCallers(app().tree.frame[find("b")]);
            log(text("callers").join("|")); log(text("callees").length);
            """)
        #expect(
            log == [
                "[4 40.00% 7 70.00%  b|3 30.00% 3 30.00%  a]", "[7]",
                "[0 0.00% 7 70.00%  main]", "[3]",
            ])
    }

    @Test("follows the preference for the dark, and the button", arguments: [false, true])
    func theme(isDark: Bool) async throws {
        let log = try await session(
            """
            const color = () => log(getComputedStyle(document.body).backgroundColor);
            color(); $("theme").click(); color();
            """,
            arguments: isDark ? ["--blink-settings=preferredColorScheme=0"] : [])
        let colors = ["[rgb(255, 255, 255)]", "[rgb(21, 24, 29)]"]
        #expect(log == (isDark ? colors.reversed() : colors))
    }

    @Test("shows a difference, with what is gone")
    func difference() async throws {
        let log = try await session(
            """
            app().select(find("gone")); log($("details").textContent);
            app().select(find("more")); log($("details").textContent);
            log(app().graph.isGone(find("gone")) + " " + app().colors.node(app().tree, find("more")));
            """, stacks: "a;gone 5 0\na;more 1 4")
        #expect(log.count == 3)
        #expect(log.first?.contains("total 0 calls") == true)
        #expect(log.first?.hasSuffix("before 5change gone]") == true)
        #expect(log.dropFirst().first?.hasSuffix("before 1change +3 (+300.0%)]") == true)
        #expect(log.last?.hasPrefix("[true #ff") == true)
    }

    @Test("takes hostile names, and many stacks")
    func hostile() async throws {
        let names = ["</script><script>log(1)</script>", "<!--", "a&b\"c'd", "漢字", "\u{2028}"]
        let stacks = names.map { "\($0);\($0) 1" } + (0..<20_000).map { "m;f\($0 % 100);g\($0) 1" }
        var options = FlameGraphOptions(title: names.joined(), valueKind: .calls)
        options.subtitle = names.joined()
        options.countName = names.joined()
        let log = try await session(
            "log(app().tree.total[0] + document.title.slice(0, 17) + totals().includes('漢字2'));",
            stacks: stacks.joined(separator: "\n"), options: options)
        #expect(log == ["[20005</script><script>false]"])
    }

    @Test("scrolls through stacks that are higher than an element can be")
    func deep() async throws {
        let names = (0..<500_000).map { "f\($0 % 7)" }
        let log = try await session(
            """
            const { graph } = app();
            const topmost = () => name(graph.nodeAt(10, 30));
            log(graph.rows); log(topmost() === "all");
            graph.isInverted = true; graph.zoom(0); log(name(graph.nodeAt(10, 30)));
            graph.scroller.scrollTop = 1e9; log(graph.offset + graph.height >= 500001 * 20);
            """, stacks: names.joined(separator: ";") + " 1")
        #expect(log == ["[500001]", "[false]", "[f0]", "[true]"])
    }
}
