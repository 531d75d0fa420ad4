// The tables of the page: top functions, the call tree, callers and callees.

class Views {
    constructor(app, elements) {
        this.app = app;
        Object.assign(this, elements);
        this.expanded = new Set([0]);
        this.frame = -1;
        const open = row => this.showCallers(row.frame);
        this.topTable = new Table(this.top, this.columns("Function"), row => app.openFunction(row.frame));
        this.treeTable = new Table(this.tree, this.treeColumns(), (row, event) => this.toggle(row, event));
        this.callersTable = new Table(this.callers, this.columns("Caller"), open);
        this.calleesTable = new Table(this.callees, this.columns("Callee"), open);
    }

    columns(title) {
        const { app } = this;
        const { numbers, frames } = app;
        const number = (key, title, value) => ({
            key, title, isNumber: true, sort: value, text: row => numbers.count(value(row)),
        });
        const percent = (key, value) => ({
            key: "share " + key, title: "%", isNumber: true,
            text: row => numbers.percent(value(row), app.tree.totalAfter[0]),
        });
        const list = [
            number("own", "Self", row => row.own), percent("own", row => row.own),
            number("total", "Total", row => row.total), percent("total", row => row.total),
            { key: "bar-cell", title: "", fill: (cell, row) => this.fillMeter(cell, row.total) },
        ];
        if (app.settings.difference) list.push(this.changeColumn());
        list.push({
            key: "function", title, sort: row => frames.name(row.frame),
            fill: (cell, row) => this.fillName(cell, row.frame),
        });
        list.push({
            key: "module", title: "Module", sort: row => frames.moduleName(row.frame),
            text: row => frames.moduleName(row.frame),
        });
        return list;
    }

    changeColumn() {
        const { numbers } = this.app;
        const change = row => row.total - row.before;
        return {
            key: "change", title: "Change", isNumber: true, sort: change,
            fill: (cell, row) => {
                cell.textContent = numbers.change(row.total, row.before);
                cell.classList.toggle("more", change(row) > 0);
                cell.classList.toggle("less", change(row) < 0);
            },
        };
    }

    treeColumns() {
        const columns = this.columns("Function");
        for (const column of columns) delete column.sort;
        const name = columns.find(column => column.key === "function");
        name.fill = (cell, row) => {
            const twig = document.createElement("span");
            twig.className = "twig";
            twig.style.marginLeft = Math.min(row.depth, 40) * 14 + "px";
            twig.textContent = row.hasCallees ? this.expanded.has(row.node) ? "▾" : "▸" : "";
            cell.append(twig);
            this.fillName(cell, row.frame);
            cell.setAttribute("aria-level", row.depth + 1);
            if (row.hasCallees) cell.setAttribute("aria-expanded", this.expanded.has(row.node));
        };
        return columns;
    }

    fillName(cell, frame) {
        const { frames, colors, search } = this.app;
        const swatch = document.createElement("span");
        swatch.className = "swatch";
        swatch.style.background = colors.frame(frame);
        cell.append(swatch, frames.name(frame));
        cell.title = frames.name(frame);
        if (search.matches && frame >= 0 && search.matches[frame]) cell.style.color = "var(--accent)";
    }

    fillMeter(cell, value) {
        const meter = document.createElement("span");
        meter.className = "meter";
        meter.style.width = Math.max(100 * value / (this.app.tree.totalAfter[0] || 1), 0.5) + "%";
        cell.append(meter);
    }

    // Shows what the page is at, if it is a table.
    refresh(view) {
        if (view === "top") this.refreshTop();
        else if (view === "tree") this.refreshTree();
        else if (view === "callers") this.refreshCallers();
    }

    refreshTop() {
        const { tree, frames, search } = this.app;
        let rows = functionTotals(tree, frames);
        if (search.matches) rows = rows.filter(row => search.matches[row.frame]);
        const { topTable } = this;
        topTable.isAscending ??= false;
        topTable.show(rows, topTable.sorted ?? topTable.columns[0]);
    }

    // The tree, open down to the largest callees until it branches.
    resetTree() {
        this.expanded = new Set([0]);
        const { tree } = this.app;
        for (let node = 0, depth = 0; depth < 30; depth++) {
            let largest = 0;
            for (const callee of tree.callees(node)) {
                if (!largest || tree.total[callee] > tree.total[largest]) largest = callee;
            }
            if (!largest || tree.total[largest] < 0.5 * tree.total[node]) break;
            this.expanded.add(largest);
            node = largest;
        }
    }

    refreshTree() {
        const { tree } = this.app;
        const rows = [];
        const open = [0];
        while (open.length > 0) {
            const node = open.pop();
            rows.push(this.treeRow(node));
            if (!this.expanded.has(node)) continue;
            const callees = [...tree.callees(node)].filter(callee => tree.total[callee] > 0);
            callees.sort((a, b) => tree.total[a] - tree.total[b]);
            open.push(...callees.slice(-5000));
        }
        const { selected } = this.treeTable;
        this.treeTable.show(rows);
        this.treeTable.selected = selected;
        this.treeTable.draw();
    }

    treeRow(node) {
        const { tree } = this.app;
        return {
            node, frame: tree.frame[node], depth: tree.depth[node],
            hasCallees: tree.end[node] > node + 1, own: tree.ownNow(node), total: tree.totalAfter[node],
            before: tree.totalBefore?.[node] ?? 0,
        };
    }

    toggle(row, event) {
        const isOpen = this.expanded.has(row.node);
        if (event.key === "ArrowLeft" ? isOpen : event.key !== "ArrowRight" && isOpen) {
            this.expanded.delete(row.node);
        } else if (!isOpen && event.key !== "ArrowLeft") {
            this.expanded.add(row.node);
        }
        this.refreshTree();
    }

    showCallers(frame) {
        if (frame < 0) return;
        this.frame = frame;
        this.app.setView("callers");
    }

    refreshCallers() {
        const { app } = this;
        if (this.frame < 0) {
            const rows = functionTotals(app.tree, app.frames);
            this.frame = rows.reduce((best, row) => row.own > best.own ? row : best,
                { own: -1, frame: -1 }).frame;
        }
        if (this.frame < 0) return;
        const { self, callers, callees } = neighbors(app.tree, app.frames, this.frame);
        for (const [table, rows] of [[this.callersTable, callers], [this.calleesTable, callees]]) {
            table.isAscending ??= false;
            table.show(rows, table.sorted ?? table.columns[2]);
        }
        this.describe(self);
    }

    describe(self) {
        const { numbers, tree, frames } = this.app;
        const name = document.createElement("b");
        name.textContent = frames.name(this.frame);
        const part = text => {
            const span = document.createElement("span");
            span.textContent = text;
            return span;
        };
        this.center.replaceChildren(
            name, part(frames.moduleName(this.frame)),
            part(`self ${numbers.count(self.own)} (${numbers.percent(self.own, tree.totalAfter[0])})`),
            part(`total ${numbers.count(self.total)} (${numbers.percent(self.total, tree.totalAfter[0])})`));
    }
}
