// Tables of any length: only the rows in the window are elements.

const tableRowHeight = 26;

class Table {
    // columns: { key, title, isNumber, text(row), sort(row), fill(cell, row) }
    constructor(element, columns, onOpen) {
        Object.assign(this, { element, columns, onOpen, rows: [], first: 0 });
        this.head = document.createElement("div");
        this.head.className = "row head";
        this.head.setAttribute("role", "row");
        this.body = document.createElement("div");
        this.body.className = "rows";
        this.body.setAttribute("role", "rowgroup");
        element.tabIndex = 0;
        element.append(this.head, this.body);
        this.makeHead();
        this.selected = -1;
        element.addEventListener("scroll", () => this.draw());
        element.addEventListener("keydown", event => this.pressed(event));
        this.body.addEventListener("click", event => this.clicked(event));
        new ResizeObserver(() => this.draw()).observe(element);
    }

    makeHead() {
        for (const column of this.columns) {
            const cell = document.createElement(column.sort ? "button" : "span");
            cell.className = "cell " + column.key + (column.isNumber ? " number" : "");
            cell.textContent = column.title;
            cell.setAttribute("role", "columnheader");
            if (column.sort) cell.addEventListener("click", () => this.sortBy(column));
            column.head = cell;
            this.head.append(cell);
        }
    }

    show(rows, column) {
        this.rows = rows;
        this.selected = -1;
        this.element.setAttribute("aria-rowcount", rows.length + 1);
        if (column) this.sortBy(column, true); else this.draw();
    }

    sortBy(column, keepsOrder) {
        const isSame = this.sorted === column;
        if (!keepsOrder) this.isAscending = isSame ? !this.isAscending : !column.isNumber;
        this.sorted = column;
        const order = this.isAscending ? 1 : -1;
        this.rows.sort((a, b) => {
            const [x, y] = [column.sort(a), column.sort(b)];
            return x < y ? -order : x > y ? order : 0;
        });
        for (const other of this.columns) other.head.removeAttribute("aria-sort");
        column.head.setAttribute("aria-sort", this.isAscending ? "ascending" : "descending");
        this.draw();
    }

    draw() {
        const { element, body, rows } = this;
        body.style.height = Math.min(rows.length * tableRowHeight, tallest) + "px";
        const space = rows.length * tableRowHeight - body.clientHeight;
        const stretch = space > 0 ? rows.length * tableRowHeight / body.clientHeight : 1;
        const top = Math.floor(element.scrollTop * stretch / tableRowHeight);
        const count = Math.ceil(element.clientHeight / tableRowHeight) + 1;
        const shown = [];
        for (let i = Math.max(top - 1, 0); i < Math.min(top + count, rows.length); i++) {
            shown.push(this.makeRow(i, i * tableRowHeight / stretch));
        }
        body.replaceChildren(...shown);
    }

    makeRow(index, top) {
        const row = document.createElement("div");
        row.className = "row" + (index === this.selected ? " selected" : "");
        row.style.top = top + "px";
        row.dataset.index = index;
        row.setAttribute("role", "row");
        row.setAttribute("aria-rowindex", index + 2);
        if (index === this.selected) row.setAttribute("aria-selected", "true");
        for (const column of this.columns) {
            const cell = document.createElement("span");
            cell.className = "cell " + column.key + (column.isNumber ? " number" : "");
            cell.setAttribute("role", "gridcell");
            if (column.fill) column.fill(cell, this.rows[index]);
            else cell.textContent = column.text(this.rows[index]);
            row.append(cell);
        }
        return row;
    }

    clicked(event) {
        const row = event.target.closest(".row");
        if (!row) return;
        this.select(Number(row.dataset.index));
        this.onOpen(this.rows[this.selected], event);
    }

    select(index) {
        this.selected = Math.max(0, Math.min(index, this.rows.length - 1));
        const top = this.selected * tableRowHeight, { element } = this;
        const height = element.clientHeight - 2 * tableRowHeight;
        if (top < element.scrollTop) element.scrollTop = top;
        else if (top > element.scrollTop + height) element.scrollTop = top - height;
        this.draw();
    }

    pressed(event) {
        const page = Math.max(Math.floor(this.element.clientHeight / tableRowHeight) - 2, 1);
        const steps = {
            ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9,
        };
        if (event.target.closest("button")) return;
        if (event.key in steps) this.select(this.selected + steps[event.key]);
        else if (["Enter", " ", "ArrowLeft", "ArrowRight"].includes(event.key)) {
            if (this.selected >= 0) this.onOpen(this.rows[this.selected], event);
        } else return;
        event.preventDefault();
        event.stopPropagation();
    }
}

// What each function has in a tree: by itself, and with all it calls. A function that calls
// itself counts once.
function functionTotals(tree, frames) {
    const rows = new Map();
    const open = new Int32Array(frames.count);
    const ends = [];
    for (let node = 1; node < tree.count; node++) {
        while (ends.length > 0 && tree.end[ends[ends.length - 1]] <= node) {
            open[tree.frame[ends.pop()]]--;
        }
        const frame = tree.frame[node];
        if (tree.total[node] > 0) addTo(rows, frame, tree, node, open[frame] === 0, true);
        open[frame]++;
        ends.push(node);
    }
    return [...rows.values()];
}

function addTo(rows, frame, tree, node, addsTotal, addsOwn) {
    let row = rows.get(frame);
    if (!row) {
        row = { frame, own: 0, total: 0, before: 0 };
        rows.set(frame, row);
    }
    if (addsOwn) row.own += tree.ownNow(node);
    if (!addsTotal) return;
    row.total += tree.totalAfter[node];
    if (!tree.ownBefore) return;
    row.before += tree.totalBefore[node];
}

// Who calls a function and whom it calls, with the values of the calls.
function neighbors(tree, frames, frame) {
    const callers = new Map(), callees = new Map();
    const self = { frame, own: 0, total: 0, before: 0 };
    let outermostEnd = 0;
    for (let node = 1; node < tree.count; node++) {
        if (tree.frame[node] !== frame || tree.total[node] === 0) continue;
        self.own += tree.ownNow(node);
        const isOutermost = node >= outermostEnd;
        if (isOutermost) {
            outermostEnd = tree.end[node];
            addTo(callers, tree.frame[tree.parent[node]], tree, node, true, true);
            self.total += tree.totalAfter[node];
            if (tree.ownBefore) self.before += tree.totalBefore[node];
        }
        for (const callee of tree.callees(node)) {
            if (tree.total[callee] > 0) {
                addTo(callees, tree.frame[callee], tree, callee, true, true);
            }
        }
    }
    return { self, callers: [...callers.values()], callees: [...callees.values()] };
}
