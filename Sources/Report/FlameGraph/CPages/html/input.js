// The pointer, the keys, the menu, the theme and the details of a box.

const keyTexts = [
    ["Click", "zoom"], ["Right click", "menu"], ["Ctrl-Click", "hide the stack"],
    ["Alt-Click", "hide the function everywhere"], ["Ctrl-F or /", "search"],
    ["N, Shift-N", "next, previous match"], ["Ctrl-I", "match case"], ["Backspace", "back"],
    ["Esc or 0", "show everything"], ["I", "flame or icicle"], ["R", "reverse"],
    ["S", "largest first"], ["F", "only this function"], ["H", "hide the selected stack"],
    ["1 – 4", "views"], ["D", "dark or light"], ["Arrows, Enter", "go to a box, zoom"],
];

const theme = {
    query: window.matchMedia("(prefers-color-scheme: dark)"),
    chosen: null,
    get isDark() { return this.chosen === null ? this.query.matches : this.chosen; },
    apply() {
        document.documentElement.dataset.theme = this.isDark ? "dark" : "light";
        document.getElementById("theme").textContent = this.isDark ? "Light" : "Dark";
    },
    toggle() {
        this.chosen = !this.isDark;
        this.apply();
        this.changed?.();
    },
    listen(changed) {
        this.changed = changed;
        this.query.addEventListener("change", () => { this.apply(); changed(); });
        // Paper is white.
        window.addEventListener("beforeprint", () => {
            document.documentElement.dataset.theme = "light";
            changed();
        });
        window.addEventListener("afterprint", () => this.apply());
    },
};

const details = {
    // What is known of a node, as pairs.
    parts(app, node) {
        const { tree, numbers, frames } = app;
        const frame = tree.frame[node];
        // In a difference, what there is now; what is gone is only as wide as it was.
        const whole = tree.totalAfter[0], total = tree.totalAfter[node], own = tree.ownNow(node);
        const parts = [
            ["total", `${numbers.count(total)} ${numbers.unit}, ${numbers.percent(total, whole)}`],
            ["self", `${numbers.count(own)}, ${numbers.percent(own, whole)}`],
        ];
        if (app.graph.zoomed !== 0 && node > 0) {
            const zoomed = tree.total[app.graph.zoomed];
            if (tree.isInside(node, app.graph.zoomed)) {
                parts.push(["of zoomed", numbers.percent(tree.total[node], zoomed)]);
            }
        }
        if (tree.ownBefore) parts.push(...this.change(app, node));
        if (frame >= 0) {
            if (frames.moduleName(frame)) parts.push(["module", frames.moduleName(frame)]);
            if (frames.kind[frame]) parts.push(["kind", kindNames[frames.kind[frame]]]);
            const { place, build } = frames.places.get(frame) ?? {};
            if (place) parts.push(["at", place]);
            if (build) parts.push(["build ID", build]);
        }
        return parts;
    },
    change(app, node) {
        const { tree, numbers } = app;
        const [after, before] = [tree.totalAfter[node], tree.totalBefore[node]];
        const percent = before > 0 ? ` (${after >= before ? "+" : ""}${((after - before) / before * 100).toFixed(1)}%)`
            : " (new)";
        return [
            ["before", numbers.count(before)],
            ["change", after === 0 && before > 0 ? "gone" : numbers.change(after, before) + percent],
        ];
    },
    text(app, node) {
        const name = app.frames.name(app.tree.frame[node]);
        return [name, ...this.parts(app, node).map(pair => pair.join(" "))].join(", ");
    },
    show(app, node) {
        if (node < 0) return;
        const name = made("b", {}, app.frames.name(app.tree.frame[node]));
        const parts = this.parts(app, node).map(pair => made("span", {}, pair.join(" ")));
        element("details").replaceChildren(name, ...parts);
    },
};

class Pointer {
    constructor(app) {
        this.app = app;
        this.canvas = element("canvas");
        this.tip = element("tip");
        this.menu = element("menu");
        this.canvas.addEventListener("pointermove", event => this.moved(event));
        this.canvas.addEventListener("pointerleave", () => this.left());
        this.canvas.addEventListener("click", event => this.clicked(event));
        this.canvas.addEventListener("contextmenu", event => this.openMenu(event));
        document.addEventListener("pointerdown", event => {
            if (!this.menu.contains(event.target)) this.closeMenu();
        });
        this.menu.addEventListener("keydown", event => this.menuKey(event));
    }

    node(event) {
        const box = this.canvas.getBoundingClientRect();
        return this.app.graph.nodeAt(event.clientX - box.left, event.clientY - box.top);
    }

    moved(event) {
        if (event.pointerType === "touch") return;
        const node = this.node(event);
        const { graph } = this.app;
        if (graph.hovered !== node) {
            graph.hovered = node;
            graph.redraw();
            if (node >= 0) this.fillTip(node);
        }
        this.tip.hidden = node < 0 || !this.menu.hidden;
        if (!this.tip.hidden) place(this.tip, event.clientX + 14, event.clientY + 18);
    }

    left() {
        this.app.graph.hovered = -1;
        this.app.graph.redraw();
        this.tip.hidden = true;
    }

    fillTip(node) {
        const { app } = this;
        const lines = details.parts(app, node).map(([key, value]) => {
            const line = made("div", {}, key + " ");
            line.append(made("em", {}, value));
            return line;
        });
        this.tip.replaceChildren(made("b", {}, app.frames.name(app.tree.frame[node])), ...lines);
    }

    clicked(event) {
        const node = this.node(event);
        if (node < 0) return;
        const { app } = this;
        this.tip.hidden = true;
        if (event.altKey) app.hide(node, true);
        else if (event.ctrlKey || event.metaKey) app.hide(node, false);
        else {
            app.zoom(node);
            app.graph.hovered = -1;
        }
    }

    openMenu(event) {
        event.preventDefault();
        const { app } = this;
        const isPointed = event.clientX > 0 || event.clientY > 0;
        const node = isPointed ? this.node(event) : app.graph.selected;
        if (node < 0) return;
        this.tip.hidden = true;
        const items = [
            ["Zoom", "Enter", () => app.zoom(node)],
            ["Only this function", "F", () => app.focusOn(node)],
            ["Hide this stack", "Ctrl-Click", () => app.hide(node, false)],
            ["Hide this function everywhere", "Alt-Click", () => app.hide(node, true)],
            ["Callers and callees", "C", () => app.openFunction(app.tree.frame[node])],
            ["Search for this name", "", () => app.search.set(exactly(app.frames.name(app.tree.frame[node])), false)],
            ["Copy name", "", () => this.copy(app.frames.name(app.tree.frame[node]))],
        ];
        this.menu.replaceChildren(...items.map(([text, key, action]) => {
            const button = made("button", { role: "menuitem" }, text);
            button.setAttribute("role", "menuitem");
            button.append(made("kbd", {}, key));
            button.addEventListener("click", () => { this.closeMenu(); action(); });
            return button;
        }));
        this.menu.hidden = false;
        const box = this.canvas.getBoundingClientRect();
        const shown = app.graph.box(node);
        if (isPointed) place(this.menu, event.clientX, event.clientY);
        else if (shown) place(this.menu, box.left + Math.max(shown.x, 0) + 8, box.top + shown.top + 22);
        this.menu.firstChild.focus();
    }

    closeMenu() {
        if (this.menu.hidden) return;
        this.menu.hidden = true;
        this.canvas.focus({ preventScroll: true });
    }

    menuKey(event) {
        const buttons = [...this.menu.children];
        const index = buttons.indexOf(document.activeElement);
        if (event.key === "ArrowDown") buttons[(index + 1) % buttons.length].focus();
        else if (event.key === "ArrowUp") buttons[(index + buttons.length - 1) % buttons.length].focus();
        else if (event.key === "Escape" || event.key === "Tab") this.closeMenu();
        else if (event.key !== "Enter" && event.key !== " ") return;
        else { event.stopPropagation(); return; }
        event.preventDefault();
        event.stopPropagation();
    }

    copy(text) {
        navigator.clipboard?.writeText(text).catch(() => {});
    }
}

// A pattern for a name and nothing else.
function exactly(name) {
    return "^" + name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + "$";
}

function place(box, x, y) {
    // What is near an edge would be measured narrower than it is.
    box.style.left = box.style.top = "0px";
    const { width, height } = box.getBoundingClientRect();
    box.style.left = Math.max(4, Math.min(x, window.innerWidth - width - 8)) + "px";
    const isBelow = y + height < window.innerHeight - 8;
    box.style.top = Math.max(4, isBelow ? y : y - height - 30) + "px";
}

class Keys {
    constructor(app) {
        this.app = app;
        document.addEventListener("keydown", event => this.pressed(event));
    }

    pressed(event) {
        const isTyping = event.target instanceof HTMLInputElement;
        const hasModifier = event.ctrlKey || event.metaKey;
        const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
        const action = hasModifier ? this.withModifier(key, event)
            : isTyping || event.altKey ? null : this.plain(key, event);
        if (!action) return;
        event.preventDefault();
        action();
    }

    withModifier(key, event) {
        const { app } = this;
        if (key === "f" && !event.shiftKey) return () => app.search.open();
        if (key === "i" && !event.shiftKey) return () => app.search.toggleCase();
        return null;
    }

    plain(key, event) {
        const { app } = this;
        const isOnGraph = app.view === "graph";
        const selected = app.graph.selected;
        const views = { 1: "graph", 2: "top", 3: "tree", 4: "callers" };
        if (key in views) return () => app.setView(views[key]);
        const actions = {
            "/": () => app.search.open(), F3: () => app.search.open(), Backspace: () => app.goBack(),
            0: () => app.reset(), Escape: () => this.escape(), i: () => app.invert(),
            r: () => app.reverse(), s: () => app.sort(), d: () => theme.toggle(),
            n: () => app.search.step(event.shiftKey ? -1 : 1), "?": () => app.toggleHelp(),
            f: () => app.focusOn(this.target), h: () => app.hide(this.target, event.shiftKey),
            c: () => app.openFunction(app.tree.frame[this.target] ?? -1),
        };
        if (isOnGraph && event.target === element("canvas")) {
            actions.ArrowUp = () => this.move(app.graph.isInverted ? "caller" : "callee");
            actions.ArrowDown = () => this.move(app.graph.isInverted ? "callee" : "caller");
            actions.ArrowLeft = () => this.move("left");
            actions.ArrowRight = () => this.move("right");
            if (selected >= 0) actions.Enter = () => app.zoom(selected);
        }
        return Object.hasOwn(actions, key) ? actions[key] : null;
    }

    // What keys are about: what was selected, or else what the pointer is on.
    get target() {
        const { selected, hovered } = this.app.graph;
        return selected >= 0 ? selected : hovered;
    }

    escape() {
        const help = element("help");
        if (!help.hidden) this.app.toggleHelp();
        else if (this.app.search.term.value) this.app.search.clear();
        else this.app.reset();
    }

    move(where) {
        const { app } = this;
        const { tree } = app;
        const node = app.graph.selected;
        if (node < 0) { app.select(app.graph.zoomed); return; }
        let next = node;
        if (where === "caller") next = tree.parent[node];
        else if (where === "callee") {
            for (const callee of tree.callees(node)) {
                if (next === node || tree.total[callee] > tree.total[next]) next = callee;
            }
        } else {
            const siblings = [...tree.callees(tree.parent[node])].filter(n => tree.total[n] > 0);
            const index = siblings.indexOf(node) + (where === "left" ? -1 : 1);
            next = node > 0 ? siblings[index] ?? node : node;
        }
        app.select(next);
    }
}
