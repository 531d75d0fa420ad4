// Colors of boxes. They are the same in the dark and in the light, and all take dark text.

class Colors {
    constructor(frames, settings) {
        this.frames = frames;
        this.settings = settings;
        this.cache = new Array(frames.count);
        this.changes = new Map();
        this.ground = "#d3d8de";
        this.match = "#c026d3";
        this.matchText = "#ffffff";
        this.text = "#16191d";
    }

    frame(frame) {
        if (frame < 0) return this.ground;
        return this.cache[frame] ??= this.hex(...this.frames.colors.subarray(3 * frame, 3 * frame + 3));
    }

    // Of a node in a tree: its frame's, or that of the change.
    node(tree, node) {
        if (!tree.ownBefore || node === 0) return this.frame(tree.frame[node]);
        return this.change(share(tree.totalAfter[node], tree.totalBefore[node]));
    }

    // From blue for -1 to red for 1.
    change(value) {
        const step = Math.round((this.settings.negated ? -value : value) * 50);
        let color = this.changes.get(step);
        if (!color) {
            const part = Math.sqrt(Math.abs(step) / 50);
            const rest = Math.round(238 - 118 * part);
            color = step === 0 ? "#eceef1"
                : step > 0 ? this.hex(255, rest, rest) : this.hex(rest, rest + 10, 255);
            this.changes.set(step, color);
        }
        return color;
    }

    hex(...channels) {
        return "#" + channels.map(c => c.toString(16).padStart(2, "0")).join("");
    }

    // The modules with the most of a tree's value, with a color that stands for each.
    legend(tree) {
        const { frames } = this;
        const modules = new Map();
        for (let node = 1; node < tree.count; node++) {
            const frame = tree.frame[node];
            const key = frames.kind[frame] === 1 ? "kernel" : frames.moduleName(frame);
            let entry = modules.get(key);
            if (!entry) {
                entry = { name: key || "no module", value: 0, sum: [0, 0, 0], count: 0 };
                modules.set(key, entry);
            }
            if (tree.own[node] === 0) continue;
            entry.value += tree.own[node];
            for (let i = 0; i < 3; i++) {
                entry.sum[i] += frames.colors[3 * frame + i] * tree.own[node];
            }
        }
        const entries = [...modules.values()].filter(entry => entry.value > 0);
        for (const entry of entries) {
            entry.color = this.hex(...entry.sum.map(c => Math.round(c / entry.value)));
        }
        return entries.sort((a, b) => b.value - a.value);
    }
}

// How much has changed, from -1 (gone) to 1 (new).
function share(after, before) {
    const most = Math.max(after, before);
    return most > 0 ? (after - before) / most : 0;
}

// Numbers for people.
class Numbers {
    constructor(settings) {
        this.scale = Number(settings.factor) / settings.scale;
        this.unit = settings.unit;
    }

    count(value) {
        return Math.round(value * this.scale).toLocaleString("en-US");
    }

    percent(part, whole) {
        if (!(whole > 0)) return "0%";
        const share = 100 * part / whole;
        const digits = share >= 99.995 ? 0 : Math.abs(share) < 0.1 && share !== 0 ? 3 : 2;
        return share.toFixed(digits) + "%";
    }

    change(after, before) {
        const text = this.count(after - before);
        return after > before ? "+" + text : text;
    }
}
