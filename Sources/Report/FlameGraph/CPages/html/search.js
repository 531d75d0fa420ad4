// The search: which functions a pattern matches, and what share of everything that is.

class Search {
    constructor(app, elements) {
        this.app = app;
        Object.assign(this, elements);
        this.pattern = null;
        this.matches = null;
        this.found = [];
        this.position = -1;
        this.ignoresCase = true;
        this.term.addEventListener("input", () => this.changed());
        this.term.addEventListener("keydown", event => this.pressed(event));
        this.caseButton.addEventListener("click", () => this.toggleCase());
        this.next.addEventListener("click", () => this.step(1));
        this.previous.addEventListener("click", () => this.step(-1));
    }

    open() {
        this.term.focus();
        this.term.select();
    }

    set(text, ignoresCase) {
        this.term.value = text;
        this.ignoresCase = ignoresCase;
        this.changed();
    }

    clear() {
        this.set("", this.ignoresCase);
    }

    toggleCase() {
        this.ignoresCase = !this.ignoresCase;
        this.changed();
    }

    // What is half typed finds what it found before.
    changed() {
        const text = this.term.value;
        const flags = this.ignoresCase ? "i" : "";
        this.caseButton.setAttribute("aria-pressed", !this.ignoresCase);
        let pattern = null;
        try {
            pattern = text ? compiled(text, flags) : null;
            this.term.classList.remove("invalid");
            this.term.removeAttribute("aria-invalid");
        } catch {
            this.term.classList.add("invalid");
            this.term.setAttribute("aria-invalid", "true");
            return;
        }
        this.pattern = pattern;
        this.matches = pattern ? this.matching(pattern) : null;
        this.count();
        this.app.searched();
    }

    // A number for each function, not zero if its name or module matches.
    matching(pattern) {
        const { frames } = this.app;
        const matches = new Uint8Array(frames.count);
        for (let frame = 0; frame < frames.count; frame++) {
            if (pattern.test(frames.name(frame))) matches[frame] = 1;
        }
        return matches;
    }

    // Finds the outermost matches in a tree: what is in them is not counted twice.
    count() {
        const { tree } = this.app;
        this.found = [];
        this.position = -1;
        let value = 0;
        if (this.matches) {
            for (let node = 1; node < tree.count;) {
                if (tree.total[node] > 0 && this.matches[tree.frame[node]]) {
                    value += tree.total[node];
                    this.found.push(node);
                    node = tree.end[node];
                } else {
                    node++;
                }
            }
        }
        const percent = (100 * value / (tree.total[0] || 1)).toFixed(1);
        this.matched.textContent = this.matches ? `Matched: ${percent}%` : "";
        this.next.disabled = this.previous.disabled = this.found.length === 0;
    }

    step(by) {
        const { found } = this;
        if (found.length === 0) return;
        this.position = this.position < 0 && by < 0 ? found.length - 1
            : (this.position + by + found.length) % found.length;
        const { tree, numbers } = this.app;
        this.app.goTo(found[this.position]);
        const percent = numbers.percent(tree.total[found[this.position]], tree.total[0]);
        this.app.say(`Match ${this.position + 1} of ${found.length}, ${percent}`);
    }

    pressed(event) {
        if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
        else if (event.key === "Escape") {
            this.clear();
            this.app.focusView();
        } else return;
        event.preventDefault();
        event.stopPropagation();
    }
}

function compiled(text, flags) {
    try {
        return new RegExp(text, flags + "u");
    } catch {
        // Names have characters that only the older syntax takes as they are.
        return new RegExp(text, flags);
    }
}
