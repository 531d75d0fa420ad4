// The page: what is shown, how one gets elsewhere, and the address that says so.

const element = id => document.getElementById(id);
const viewNames = ["graph", "top", "tree", "callers"];

class App {
    constructor(settings, { frames, tree }) {
        Object.assign(this, { settings, frames, base: tree, tree });
        this.colors = new Colors(frames, settings);
        this.numbers = new Numbers(settings);
        this.view = "graph";
        this.isReversed = false;
        this.isSorted = false;
        this.hiding = [];
        this.history = [];
        const [canvas, scroller, spacer] = ["canvas", "scroller", "spacer"].map(element);
        this.graph = new Graph({ canvas, scroller, spacer }, frames, this.colors);
        this.graph.isInverted = Boolean(settings.inverted);
        this.search = new Search(this, {
            term: element("term"), caseButton: element("case"), matched: element("matched"),
            next: element("next"), previous: element("previous"),
        });
        this.views = new Views(this, {
            top: element("top"), tree: element("tree"), callers: element("callers"),
            callees: element("callees"), center: element("center"),
        });
        this.pointer = new Pointer(this);
        this.keys = new Keys(this);
        this.addButtons();
        document.body.classList.toggle("no-modules", frames.modules.length < 2);
        window.addEventListener("hashchange", () => this.restore());
        window.addEventListener("beforeprint", () => this.graph.resize());
        this.restore();
        document.documentElement.dataset.ready = "true";
    }

    addButtons() {
        for (const name of viewNames) {
            element("tab-" + name).addEventListener("click", () => this.setView(name));
        }
        const actions = {
            back: () => this.goBack(), reset: () => this.reset(), theme: () => theme.toggle(),
            inverted: () => this.invert(), reversed: () => this.reverse(),
            sorted: () => this.sort(), legend: () => this.toggleHelp(),
        };
        for (const [id, action] of Object.entries(actions)) {
            element(id).addEventListener("click", action);
        }
        // The order of a flame chart is that of time.
        element("sorted").hidden = element("reversed").hidden = Boolean(this.settings.chart);
        theme.listen(() => this.graph.redraw());
    }

    // The tree that is shown: hidden, turned round and sorted as asked.
    makeTree(path = "") {
        this.base.measure(this.hiddenNodes());
        let tree = this.base;
        if (this.isReversed) {
            const whole = tree.total[0];
            const zoomed = this.valueAt(path);
            tree = new Reversal(tree, this.frames, whole / 4000, path, zoomed / 4000).run();
        }
        if (this.isSorted) tree = sortedBySize(tree);
        this.tree = tree;
        this.views.resetTree();
    }

    // How wide the node at a path is in the tree that is shown.
    valueAt(path) {
        return path ? this.tree.total[this.tree.find(path)] : this.base.total[0];
    }

    // A number for each node of the base, not zero if it does not count.
    hiddenNodes() {
        if (this.hiding.length === 0) return null;
        const { base } = this;
        const hidden = new Uint8Array(base.count);
        for (const { kind, frame, path } of this.hiding) {
            if (kind === "stack") hidden.fill(1, ...this.subtree(path));
            else if (kind === "function") this.hideFunction(hidden, frame);
            else this.hideOthers(hidden, frame);
        }
        return hidden;
    }

    subtree(path) {
        const node = this.base.find(path);
        return [node, this.base.end[node]];
    }

    hideFunction(hidden, frame) {
        const { base } = this;
        for (let node = 1; node < base.count;) {
            if (base.frame[node] !== frame) { node++; continue; }
            hidden.fill(1, node, base.end[node]);
            node = base.end[node];
        }
    }

    hideOthers(hidden, frame) {
        const { base } = this;
        const kept = new Uint8Array(base.count);
        this.hideFunction(kept, frame);
        for (let node = 0; node < base.count; node++) if (!kept[node]) hidden[node] = 1;
    }

    // Hides the stacks through a node: in a reversed tree, which has other paths, its function's.
    hide(node, everywhere) {
        const frame = this.tree.frame[node];
        if (node <= 0) return;
        if (everywhere || this.isReversed) this.hiding.push({ kind: "function", frame });
        else this.hiding.push({ kind: "stack", frame, path: this.tree.path(node) });
        this.rebuild(this.graph.zoomed === node ? "" : this.tree.path(this.graph.zoomed));
    }

    // Shows nothing but the stacks through a node's function.
    focusOn(node) {
        if (node <= 0) return;
        this.hiding.push({ kind: "focus", frame: this.tree.frame[node] });
        this.rebuild("");
    }

    unhide(index) {
        this.hiding.splice(index, 1);
        this.rebuild(this.tree.path(this.graph.zoomed));
    }

    rebuild(path) {
        this.makeTree(path);
        this.graph.matches = this.search.matches;
        this.graph.show(this.tree, this.tree.find(path));
        this.search.count();
        this.update();
    }

    zoom(node, isBack) {
        const from = this.graph.zoomed;
        if (node < 0 || node === from) return;
        if (!isBack) this.history.push(this.tree.path(from));
        const path = this.tree.path(node);
        if (this.isReversed) {
            this.makeTree(path);
            this.graph.show(this.tree, this.tree.find(path));
            this.search.count();
        } else {
            this.graph.zoom(node, true);
        }
        this.graph.reveal(this.graph.zoomed);
        this.update();
    }

    goBack() {
        if (this.history.length > 0) this.zoom(this.tree.find(this.history.pop()), true);
    }

    reset() {
        this.history = [];
        this.hiding = [];
        this.rebuild("");
        this.graph.scrollToRoot();
    }

    invert() {
        this.graph.isInverted = !this.graph.isInverted;
        this.graph.zoom(this.graph.zoomed);
        this.update();
    }

    reverse() {
        if (this.settings.chart) return;
        this.isReversed = !this.isReversed;
        this.hiding = this.hiding.filter(({ kind }) => kind !== "stack");
        this.history = [];
        this.rebuild("");
    }

    sort() {
        if (this.settings.chart) return;
        this.isSorted = !this.isSorted;
        this.rebuild(this.tree.path(this.graph.zoomed));
    }

    setView(name) {
        this.view = name;
        for (const other of viewNames) {
            element("view-" + other).hidden = other !== name;
            element("tab-" + other).setAttribute("aria-selected", other === name);
            element("tab-" + other).tabIndex = other === name ? 0 : -1;
        }
        this.graph.resize();
        this.update();
    }

    focusView() {
        const focused = { graph: "canvas", top: "top", tree: "tree", callers: "callers" };
        element(focused[this.view]).focus();
    }

    // A function of a table: its callers and callees.
    openFunction(frame) {
        this.views.showCallers(frame);
    }

    // Makes a node seen: selected, and zoomed to where it would be too narrow.
    goTo(node) {
        if (this.view !== "graph") this.setView("graph");
        const path = this.tree.path(node);
        const box = this.graph.box(node);
        if (!box || box.width < 24) this.zoom(node);
        this.select(this.tree.find(path));
    }

    select(node) {
        this.graph.selected = node;
        if (node >= 0) {
            this.graph.reveal(node);
            details.show(this, node);
            this.say(details.text(this, node));
        }
    }

    searched() {
        this.graph.matches = this.search.matches;
        this.graph.redraw();
        this.update();
    }

    say(text) {
        element("spoken").textContent = text;
    }

    toggleHelp() {
        const help = element("help");
        help.hidden = !help.hidden;
        element("legend").setAttribute("aria-pressed", !help.hidden);
        element("legend").setAttribute("aria-expanded", !help.hidden);
        if (!help.hidden) fillHelp(help, this);
    }

    // Brings all that says where one is up to date.
    update() {
        element("inverted").setAttribute("aria-pressed", this.graph.isInverted);
        element("reversed").setAttribute("aria-pressed", this.isReversed);
        element("sorted").setAttribute("aria-pressed", this.isSorted);
        element("back").disabled = this.history.length === 0;
        fillTrail(element("trail"), this);
        this.views.refresh(this.view);
        details.show(this, this.graph.selected >= 0 ? this.graph.selected : this.graph.zoomed);
        const percent = this.numbers.percent(this.tree.total[this.graph.zoomed], this.tree.total[0]);
        const name = this.frames.name(this.tree.frame[this.graph.zoomed]);
        element("canvas").setAttribute("aria-label", `Flame graph of ${name}, ${percent} of all`);
        this.save();
    }

    save() {
        const state = new URLSearchParams();
        const set = (key, value) => { if (value) state.set(key, value); };
        set("v", this.view === "graph" ? "" : this.view);
        // A deep zoom would make an address that no browser keeps.
        const path = this.tree.path(this.graph.zoomed);
        set("z", path.length < 1500 ? path : "");
        set("s", this.search.term.value);
        set("c", this.search.ignoresCase ? "" : "1");
        set("i", this.graph.isInverted !== Boolean(this.settings.inverted) ? "1" : "");
        set("r", this.isReversed !== Boolean(this.settings.reversed) ? "1" : "");
        set("o", this.isSorted ? "1" : "");
        set("f", this.view === "callers" && this.views.frame >= 0 ? String(this.views.frame) : "");
        const hiding = JSON.stringify(this.hiding);
        set("h", this.hiding.length > 0 && hiding.length < 4000 ? hiding : "");
        this.address = state.toString();
        if (this.address === location.hash.slice(1)) return;
        try {
            history.replaceState(null, "", "#" + this.address);
        } catch {
            // Some frames and local files do not allow it; the page works all the same.
        }
    }

    restore() {
        if (location.hash.slice(1) === this.address) return;
        const state = new URLSearchParams(location.hash.slice(1) || location.search);
        this.graph.isInverted = Boolean(this.settings.inverted) !== (state.get("i") === "1");
        this.isReversed = Boolean(this.settings.reversed) !== (state.get("r") === "1")
            && !this.settings.chart;
        this.isSorted = state.get("o") === "1" && !this.settings.chart;
        this.hiding = parsedHiding(state.get("h"));
        this.views.frame = validFrame(this.frames, state.get("f"));
        const view = viewNames.includes(state.get("v")) ? state.get("v") : "graph";
        const [path, text] = [state.get("z") || "", state.get("s") || ""];
        const matchesCase = state.get("c") === "1";
        this.address = null;
        this.makeTree();
        if (this.isReversed && path) this.makeTree(path);
        this.graph.hasPosition = false;
        this.graph.show(this.tree, this.tree.find(path));
        this.view = view;
        this.search.set(text, !matchesCase);
        this.setView(view);
        if (path) this.graph.reveal(this.graph.zoomed);
    }
}

function validFrame(frames, text) {
    const frame = text === null || text === "" ? -1 : Number(text);
    return Number.isInteger(frame) && frame < frames.count ? frame : -1;
}

// What an address says is hidden; anyone can write an address.
function parsedHiding(text) {
    try {
        const list = JSON.parse(text || "[]");
        return list.filter(({ kind, frame, path }) =>
            Number.isInteger(frame) && ["stack", "function", "focus"].includes(kind)
            && (kind !== "stack" || /^[0-9a-z.]+$/.test(path)));
    } catch {
        return [];
    }
}

// Kinds and modules with their colors, and the keys.
function fillHelp(help, app) {
    const heading = text => made("h2", {}, text);
    const items = [];
    if (app.settings.difference) {
        const steps = [-1, -0.5, -0.1, 0, 0.1, 0.5, 1].map(step => app.colors.change(step));
        const scale = made("div", { className: "scale" });
        scale.style.background = `linear-gradient(90deg, ${steps.join(", ")})`;
        const ends = made("div", { className: "scale-ends" });
        ends.append(made("span", {}, "gone (striped)"), made("span", {}, "as before"), made("span", {}, "new"));
        items.push(heading("Change since before"), scale, ends);
    } else {
        items.push(heading("Colors"));
        for (const { name, color, value } of app.colors.legend(app.base).slice(0, 12)) {
            const row = made("div", { className: "legend" });
            const swatch = made("span", { className: "swatch" });
            swatch.style.background = color;
            row.append(swatch, made("code", { title: name }, name),
                made("span", {}, app.numbers.percent(value, app.base.total[0])));
            items.push(row);
        }
    }
    const list = made("dl");
    for (const [key, text] of keyTexts) {
        const term = made("dt");
        term.append(made("kbd", {}, key));
        list.append(term, made("dd", {}, text));
    }
    items.push(heading("Keys"), list);
    help.replaceChildren(...items);
}

function made(name, properties = {}, text = "") {
    const result = Object.assign(document.createElement(name), properties);
    if (text) result.textContent = text;
    return result;
}

// The callers of what is zoomed to, and what is hidden.
function fillTrail(trail, app) {
    const { tree, graph, frames } = app;
    const path = tree.stack(graph.zoomed);
    const shown = path.length > 6 ? [...path.slice(0, 2), null, ...path.slice(-3)] : path;
    const items = [];
    for (const node of [0, ...shown]) {
        if (items.length > 0) items.push(made("span", {}, "›"));
        if (node === null) { items.push(made("span", {}, "…")); continue; }
        const isCurrent = node === graph.zoomed;
        const button = made("button", { className: "name" + (isCurrent ? " current" : "") },
            frames.name(tree.frame[node]));
        if (isCurrent) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => app.zoom(node));
        items.push(button);
    }
    app.hiding.forEach(({ kind, frame }, index) => {
        const words = { stack: "hidden", function: "hidden everywhere", focus: "only" };
        const text = `${words[kind]}: ${frames.name(frame)} ✕`;
        const button = made("button", { className: "chip", title: "Show again" }, text);
        button.addEventListener("click", () => app.unhide(index));
        items.push(button);
    });
    trail.replaceChildren(...items);
}

const settings = JSON.parse(element("settings").textContent);
theme.apply();
readStacks(settings).then(stacks => {
    // As one who looks at the page from its console might want it.
    window.flamegraph = new App(settings, stacks);
}).catch(error => {
    console.error(error);
    element("trail").textContent = `This browser cannot show the page: ${error.message}`;
});
