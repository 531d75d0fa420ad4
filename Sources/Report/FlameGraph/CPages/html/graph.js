// The flame graph on a canvas as large as the window: what is scrolled past is not drawn.

const rowHeight = 20;
const rowGap = 1;
const textInset = 5;
const graphFont = '12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
// Browsers cannot make elements much higher than this.
const tallest = 8_000_000;

class Graph {
    constructor(elements, frames, colors) {
        Object.assign(this, elements);
        this.frames = frames;
        this.colors = colors;
        this.context = this.canvas.getContext("2d");
        this.isInverted = false;
        this.zoomed = 0;
        this.selected = -1;
        this.hovered = -1;
        this.matches = null;
        this.rows = 1;
        this.onFrame = 0;
        new ResizeObserver(() => this.resize()).observe(this.scroller);
        this.scroller.addEventListener("scroll", () => this.redraw());
    }

    show(tree, zoomed) {
        this.tree = tree;
        this.hovered = this.selected = -1;
        this.zoom(zoomed, true);
    }

    zoom(node, keepsPosition) {
        this.zoomed = node;
        this.rows = this.rowsNeeded();
        this.spacer.style.height = Math.min(this.rows * rowHeight + 8, tallest) + "px";
        this.resize();
        if (!keepsPosition || !this.hasPosition) this.scrollToRoot();
        this.hasPosition = true;
        this.redraw();
    }

    // How many rows boxes of at least a pixel need.
    rowsNeeded() {
        const { tree, zoomed } = this;
        const smallest = tree.total[zoomed] / Math.max(this.scroller.clientWidth, 400) / 2;
        let deepest = tree.depth[zoomed];
        for (let node = zoomed; node < tree.end[zoomed];) {
            if (tree.total[node] < smallest) { node = tree.end[node]; continue; }
            if (tree.depth[node] > deepest) deepest = tree.depth[node];
            node++;
        }
        return deepest + 1;
    }

    resize() {
        const ratio = window.devicePixelRatio || 1;
        const { clientWidth: width, clientHeight: height } = this.scroller;
        if (!width || !height) return;
        if (this.width !== width || this.height !== height || this.ratio !== ratio) {
            Object.assign(this, { width, height, ratio });
            this.canvas.width = Math.round(width * ratio);
            this.canvas.height = Math.round(height * ratio);
            this.canvas.style.width = width + "px";
            this.canvas.style.height = height + "px";
            // At once: the browser may paint before the next frame, and the canvas is empty now.
            if (this.tree) this.draw(this.context, width, height, ratio);
        }
        this.redraw();
    }

    scrollToRoot() {
        this.scroller.scrollTop = this.isInverted ? 0 : this.scroller.scrollHeight;
    }

    get contentHeight() { return this.rows * rowHeight + 8; }

    // The first pixel of the content in the window. Where the content is higher than an element
    // can be, the scroll bar goes over it in larger steps.
    get offset() {
        const free = this.contentHeight - this.height;
        if (free <= 0) return this.isInverted ? 0 : free;
        const range = this.scroller.scrollHeight - this.height;
        return range > 0 ? this.scroller.scrollTop * free / range : 0;
    }

    top(depth) {
        const row = this.isInverted ? depth : this.rows - 1 - depth;
        return 4 + row * rowHeight - this.offset;
    }

    redraw() {
        if (this.onFrame || !this.tree) return;
        this.onFrame = requestAnimationFrame(() => {
            this.onFrame = 0;
            this.draw(this.context, this.width, this.height, this.ratio);
        });
    }

    draw(context, width, height, ratio) {
        if (!width) return;
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        context.clearRect(0, 0, width, height);
        context.font = graphFont;
        context.textBaseline = "middle";
        this.characterWidth ||= context.measureText("0".repeat(50)).width / 50;
        // What is pale takes on the color of the page, and its text that of the page's text.
        this.paleText = getComputedStyle(this.canvas).getPropertyValue("--text");
        this.last = new Map();
        this.drawn = 0;
        const { tree, zoomed } = this;
        for (const node of tree.stack(tree.parent[zoomed]).concat(zoomed ? [0] : [])) {
            this.drawBox(context, node, 0, width, true);
        }
        this.drawInside(context, width, height);
        this.outline(context, this.hovered, "--hover");
        this.outline(context, this.selected, "--focus");
    }

    // The boxes of the zoomed node and what is in it: wide enough, and in the window.
    drawInside(context, width, height) {
        const { tree, zoomed } = this;
        const scale = this.scale;
        const first = tree.start[zoomed];
        const last = tree.end[zoomed];
        for (let node = zoomed; node < last;) {
            const x = (tree.start[node] - first) * scale;
            const boxWidth = tree.total[node] * scale;
            const isTiny = boxWidth < 0.7;
            if (tree.total[node] > 0) {
                const top = this.top(tree.depth[node]);
                const isVisible = top > -rowHeight && top < height;
                if (isVisible && !(isTiny && this.isCovered(tree.depth[node], x))) {
                    this.drawBox(context, node, x, Math.max(boxWidth, 0.7), false, top);
                }
                if (this.isBeyond(top, height)) { node = tree.end[node]; continue; }
            }
            node = isTiny ? tree.end[node] : node + 1;
        }
    }

    // Whether all that is called from a row is out of the window too.
    isBeyond(top, height) {
        return this.isInverted ? top > height : top < -rowHeight;
    }

    // Whether a pixel of a row has been drawn on.
    isCovered(depth, x) {
        const pixel = Math.floor(x * this.ratio);
        if (this.last.get(depth) >= pixel) return true;
        this.last.set(depth, pixel);
        return false;
    }

    get scale() {
        const total = this.tree.total[this.zoomed];
        return total > 0 ? this.width / total : 0;
    }

    drawBox(context, node, x, width, isCaller, top = this.top(this.tree.depth[node])) {
        if (top < -rowHeight || top > this.height) return;
        const { tree, colors } = this;
        const isMatch = this.matches && node > 0 && this.matches[tree.frame[node]];
        const height = rowHeight - rowGap;
        context.globalAlpha = isCaller ? 0.5 : this.matches && !isMatch ? 0.4 : 1;
        context.fillStyle = isMatch ? colors.match : colors.node(tree, node);
        const drawnWidth = width > 2.5 ? width - 1 : width;
        context.fillRect(x, top, drawnWidth, height);
        this.drawn++;
        if (this.isGone(node)) this.hatch(context, x, top, drawnWidth, height);
        context.globalAlpha = 1;
        const isPale = isCaller || (this.matches && !isMatch);
        const color = isMatch ? colors.matchText : isPale ? this.paleText : colors.text;
        if (width > 26) this.drawName(context, node, x, drawnWidth, top, color);
        context.globalAlpha = 1;
    }

    isGone(node) {
        return this.tree.ownBefore && node > 0 && this.tree.totalAfter[node] === 0;
    }

    hatch(context, x, top, width, height) {
        if (width < 3) return;
        context.save();
        context.beginPath();
        context.rect(x, top, width, height);
        context.clip();
        context.strokeStyle = "#ffffffd0";
        context.lineWidth = 4.5;
        context.beginPath();
        const from = Math.max(x, -height), to = Math.min(x + width, this.width);
        for (let left = from - height - (from - x) % 9; left < to; left += 9) {
            context.moveTo(left, top + height);
            context.lineTo(left + height, top);
        }
        context.stroke();
        context.restore();
    }

    drawName(context, node, x, width, top, color) {
        const left = Math.max(x, 0) + textInset;
        const room = Math.floor((x + width - left - 2) / this.characterWidth);
        if (room < 3) return;
        const text = shortened(this.frames.name(this.tree.frame[node]), room);
        context.fillStyle = color;
        context.fillText(text, left, top + (rowHeight - rowGap) / 2 + 0.5);
    }

    outline(context, node, color) {
        if (node < 0) return;
        const box = this.box(node);
        if (!box) return;
        context.strokeStyle = getComputedStyle(this.canvas).getPropertyValue(color);
        context.lineWidth = 2;
        context.strokeRect(box.x + 1, box.top + 1, Math.max(box.width - 2, 1), rowHeight - 3);
    }

    // Where a node is in the window.
    box(node) {
        const { tree, zoomed } = this;
        const top = this.top(tree.depth[node]);
        if (tree.isInside(zoomed, node)) return { x: 0, top, width: this.width };
        if (!tree.isInside(node, zoomed)) return null;
        const x = (tree.start[node] - tree.start[zoomed]) * this.scale;
        return { x, top, width: tree.total[node] * this.scale };
    }

    // The node at a point of the window, or -1.
    nodeAt(x, y) {
        const { tree, zoomed } = this;
        if (!tree) return -1;
        const row = Math.floor((y - 4 + this.offset) / rowHeight);
        const depth = this.isInverted ? row : this.rows - 1 - row;
        if (depth < 0) return -1;
        if (depth <= tree.depth[zoomed]) {
            let node = zoomed;
            while (tree.depth[node] > depth) node = tree.parent[node];
            return node;
        }
        const value = tree.start[zoomed] + x / this.scale;
        let node = zoomed;
        while (tree.depth[node] < depth) {
            let found = -1;
            for (const callee of tree.callees(node)) {
                if (tree.start[callee] > value) break;
                if (tree.total[callee] > 0 && value < tree.start[callee] + tree.total[callee]) {
                    found = callee;
                    break;
                }
            }
            if (found < 0) return -1;
            node = found;
        }
        return node;
    }

    // Scrolls until a node is in the window.
    reveal(node) {
        const top = this.top(this.tree.depth[node]);
        if (top < 0) this.scroller.scrollTop += top - rowHeight;
        else if (top > this.height - 2 * rowHeight) {
            this.scroller.scrollTop += top - this.height + 3 * rowHeight;
        }
        this.redraw();
    }
}

// As much of a text as fits into a number of columns; wide characters take two.
function shortened(text, room) {
    if (text.length <= room && !/[^\u0000-\u10ff]/.test(text)) return text;
    let used = 0, kept = 0;
    for (const character of text) {
        used += character.codePointAt(0) < 0x1100 ? 1 : 2;
        if (used > room) return text.slice(0, kept) + "…";
        if (used < room) kept += character.length;
    }
    return text;
}
