// Stacks merged by their callers. Nodes are numbers in preorder, the root is 0: the nodes called
// from one are those between it and its end.

class Tree {
    constructor(count, isDifference) {
        this.count = count;
        this.parent = new Int32Array(count);
        this.frame = new Int32Array(count);
        this.depth = new Int32Array(count);
        this.end = new Int32Array(count);
        this.ownAfter = new Float64Array(count);
        this.ownBefore = isDifference ? new Float64Array(count) : null;
        // What is drawn: the value of the stacks that end at a node, of all through it, and where
        // its box begins.
        this.own = new Float64Array(count);
        this.total = new Float64Array(count);
        this.start = new Float64Array(count);
        this.totalAfter = isDifference ? new Float64Array(count) : this.total;
        this.totalBefore = isDifference ? new Float64Array(count) : null;
        this.begin = null;
        this.frame[0] = -1;
        this.height = 0;
    }

    place(node, parent, frame) {
        this.parent[node] = parent;
        this.frame[node] = frame;
        this.depth[node] = this.depth[parent] + 1;
        if (this.depth[node] > this.height) this.height = this.depth[node];
    }

    // Finds the end of each node, once all are placed.
    close() {
        const { count, parent, end } = this;
        for (let node = count - 1; node >= 0; node--) {
            if (end[node] === 0) end[node] = node + 1;
            if (node > 0 && end[parent[node]] === 0) end[parent[node]] = end[node];
        }
    }

    // Adds up the values. What is gone from a difference is as wide as it was.
    //
    // hidden: a number for each node that is not zero where its stacks do not count, or null.
    measure(hidden) {
        const { count, parent, own, total, start, ownAfter, ownBefore } = this;
        const { totalAfter, totalBefore } = this;
        const counts = node => !hidden || !hidden[node];
        if (ownBefore) {
            for (let node = 0; node < count; node++) {
                totalAfter[node] = counts(node) ? ownAfter[node] : 0;
                totalBefore[node] = counts(node) ? ownBefore[node] : 0;
            }
            for (let node = count - 1; node > 0; node--) {
                totalAfter[parent[node]] += totalAfter[node];
                totalBefore[parent[node]] += totalBefore[node];
            }
        }
        for (let node = 0; node < count; node++) {
            const value = ownBefore && totalAfter[node] === 0 ? ownBefore[node] : ownAfter[node];
            own[node] = total[node] = counts(node) ? value : 0;
        }
        for (let node = count - 1; node > 0; node--) total[parent[node]] += total[node];
        if (this.begin) start.set(this.begin); else this.align();
    }

    // Puts nodes side by side in those of their callers: first what ends there.
    align() {
        const { count, parent, own, total, start } = this;
        const next = new Float64Array(count);
        next[0] = own[0];
        for (let node = 1; node < count; node++) {
            start[node] = next[parent[node]];
            next[parent[node]] += total[node];
            next[node] = start[node] + own[node];
        }
    }

    // The value of the stacks that end at a node, without what is gone.
    ownNow(node) {
        return this.ownBefore && this.totalAfter[node] === 0 ? 0 : this.own[node];
    }

    *callees(node) {
        for (let callee = node + 1; callee < this.end[node]; callee = this.end[callee]) {
            yield callee;
        }
    }

    // The frames from the root to a node, as text for the address of the page.
    path(node) {
        const frames = [];
        for (; node > 0; node = this.parent[node]) frames.push(this.frame[node].toString(36));
        return frames.reverse().join(".");
    }

    // The node at a path, or the last one on the way there.
    find(path) {
        let node = 0;
        for (const part of path ? path.split(".") : []) {
            const frame = parseInt(part, 36);
            let found = 0;
            for (const callee of this.callees(node)) {
                if (this.frame[callee] === frame) { found = callee; break; }
            }
            if (!found) break;
            node = found;
        }
        return node;
    }

    stack(node) {
        const nodes = [];
        for (; node > 0; node = this.parent[node]) nodes.push(node);
        return nodes.reverse();
    }

    isInside(node, outer) {
        return node >= outer && node < this.end[outer];
    }
}

// The same tree with callees by their values, the largest first.
function sortedBySize(tree) {
    const result = new Tree(tree.count, tree.ownBefore);
    const moved = new Int32Array(tree.count);
    const open = [0];
    let placed = 0;
    while (open.length > 0) {
        const node = open.pop();
        const target = placed++;
        moved[node] = target;
        if (node > 0) result.place(target, moved[tree.parent[node]], tree.frame[node]);
        copyValues(tree, node, result, target);
        const callees = [...tree.callees(node)];
        if (callees.length > 1) callees.sort((a, b) => tree.total[a] - tree.total[b]);
        else callees.reverse();
        for (const callee of callees) open.push(callee);
    }
    result.close();
    result.align();
    return result;
}

function copyValues(from, node, to, target) {
    to.ownAfter[target] = from.ownAfter[node];
    to.own[target] = from.own[node];
    to.total[target] = from.total[node];
    if (!from.ownBefore) return;
    to.ownBefore[target] = from.ownBefore[node];
    to.totalAfter[target] = from.totalAfter[node];
    to.totalBefore[target] = from.totalBefore[node];
}

// The tree that begins with the functions that were running, and goes on with their callers.
//
// Nodes with less than `smallest` are not followed to their callers, since nobody could see them
// and there may be very many; on the way to `path` and behind it, nodes of `smallestInside` are.
class Reversal {
    constructor(tree, frames, smallest, path, smallestInside) {
        Object.assign(this, { tree, frames, smallest, smallestInside });
        this.path = path ? path.split(".").map(part => parseInt(part, 36)) : [];
        const stacks = [];
        for (let node = 1; node < tree.count; node++) if (tree.own[node] > 0) stacks.push(node);
        // Each stack, and how far up it one is.
        this.stacks = Int32Array.from(stacks);
        this.cursors = Int32Array.from(stacks);
        this.nodes = [];
    }

    run() {
        this.nodes.push({ parent: 0, frame: -1, own: this.tree.own[0], values: this.root() });
        const open = [];
        this.open(0, 0, this.stacks.length, open, 0);
        while (open.length > 0) {
            const group = open.pop();
            const node = this.nodes.length;
            this.nodes.push(group);
            const from = this.climb(group);
            if (from < group.to && group.values.total >= this.limit(group)) {
                this.open(node, from, group.to, open, group.onPath);
            } else if (from < group.to) {
                group.own = group.values.total;
            }
        }
        return this.tie();
    }

    root() {
        const { tree } = this;
        return { total: tree.total[0], after: tree.totalAfter[0], before: tree.totalBefore?.[0] };
    }

    // How many of the path's frames a group follows, and whether it is at its end or behind it.
    limit(group) {
        return group.onPath >= 0 ? this.smallestInside : this.smallest;
    }

    // Moves a group's stacks to their callers; those without go to the front.
    climb(group) {
        const { tree, stacks, cursors } = this;
        let from = group.from;
        for (let i = group.from; i < group.to; i++) {
            const caller = tree.parent[cursors[i]];
            if (caller !== 0) { cursors[i] = caller; continue; }
            group.own += tree.own[stacks[i]];
            const stack = stacks[i];
            stacks[i] = stacks[from]; cursors[i] = cursors[from];
            stacks[from] = stack; cursors[from] = 0;
            from++;
        }
        return from;
    }

    // Groups stacks by their frames and puts the groups on the list, the first on top.
    open(parent, from, to, open, onPath) {
        const { tree, stacks, cursors } = this;
        const groups = new Map();
        for (let i = from; i < to; i++) {
            const frame = tree.frame[cursors[i]];
            let group = groups.get(frame);
            if (!group) groups.set(frame, group = this.group(parent, frame, onPath));
            group.to++;
            this.add(group.values, stacks[i]);
        }
        const sorted = [...groups.values()].sort((a, b) => this.frames.order(a.frame, b.frame));
        let next = from;
        for (const group of sorted) {
            [group.from, group.to, next] = [next, next, next + group.to];
        }
        if (sorted.length > 1) this.sortInto(groups, from, to);
        else for (const group of sorted) group.to = to;
        for (const group of sorted.reverse()) open.push(group);
    }

    group(parent, frame, onPath) {
        const depth = onPath < 0 ? -1
            : onPath >= this.path.length ? onPath
                : this.path[onPath] === frame ? onPath + 1 : -1;
        const values = { total: 0, after: 0, before: 0 };
        return { parent, frame, own: 0, values, from: 0, to: 0, onPath: depth };
    }

    add(values, stack) {
        values.total += this.tree.own[stack];
        if (!this.tree.ownBefore) return;
        values.after += this.tree.ownAfter[stack];
        values.before += this.tree.ownBefore[stack];
    }

    sortInto(groups, from, to) {
        const stacks = this.stacks.slice(from, to), cursors = this.cursors.slice(from, to);
        for (let i = 0; i < stacks.length; i++) {
            const group = groups.get(this.tree.frame[cursors[i]]);
            this.stacks[group.to] = stacks[i];
            this.cursors[group.to++] = cursors[i];
        }
    }

    tie() {
        const { nodes } = this;
        const result = new Tree(nodes.length, this.tree.ownBefore);
        nodes.forEach((node, index) => {
            if (index > 0) result.place(index, node.parent, node.frame);
            result.own[index] = node.own;
            result.total[index] = node.values.total;
            result.ownAfter[index] = node.own;
            if (!this.tree.ownBefore) return;
            result.totalAfter[index] = node.values.after;
            result.totalBefore[index] = node.values.before;
        });
        result.close();
        result.align();
        return result;
    }
}
