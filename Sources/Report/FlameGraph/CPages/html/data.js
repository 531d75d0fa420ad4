// Reads the stacks of the page: Sources/Report/FlameGraph/HTML/PageData.swift says how they are
// written.

class ByteReader {
    constructor(bytes) {
        this.bytes = bytes;
        this.offset = 0;
    }

    // LEB128, by multiplication: numbers can have more than 32 bits.
    number() {
        let value = 0, factor = 1, byte;
        do {
            byte = this.bytes[this.offset++];
            value += (byte & 0x7f) * factor;
            factor *= 128;
        } while (byte & 0x80);
        return value;
    }

    slice(length) {
        this.offset += length;
        return this.bytes.subarray(this.offset - length, this.offset);
    }
}

// The functions, by numbers. Names are decoded when they are asked for.
class Frames {
    constructor(reader) {
        const decoder = new TextDecoder();
        const moduleCount = reader.number();
        this.modules = [""];
        for (let i = 0; i < moduleCount; i++) {
            this.modules.push(decoder.decode(reader.slice(reader.number())));
        }
        this.count = reader.number();
        this.decoder = decoder;
        this.bytes = new Array(this.count);
        this.names = new Array(this.count);
        this.module = new Uint32Array(this.count);
        this.kind = new Uint8Array(this.count);
        this.colors = new Uint8Array(3 * this.count);
        for (let i = 0; i < this.count; i++) {
            this.bytes[i] = reader.slice(reader.number());
            this.module[i] = reader.number();
            this.kind[i] = reader.number();
            this.colors.set(reader.slice(3), 3 * i);
        }
        this.readPlaces(reader);
    }

    // Where frames are in the sources, and which build their modules are of.
    readPlaces(reader) {
        const text = () => this.decoder.decode(reader.slice(reader.number()));
        const texts = Array.from({ length: reader.number() }, text);
        this.places = new Map();
        for (let left = reader.number(); left > 0; left--) {
            const [frame, file, line, build] = [0, 0, 0, 0].map(() => reader.number());
            const place = file ? texts[file - 1] + (line ? ":" + line : "") : "";
            this.places.set(frame, { place, build: build ? texts[build - 1] : "" });
        }
    }

    name(frame) {
        if (frame < 0) return "all";
        return this.names[frame] ??= this.decoder.decode(this.bytes[frame]) || "[no name]";
    }

    // The order of two frames by their names.
    order(left, right) {
        if (!this.ranks) {
            const numbers = Array.from({ length: this.count }, (_, frame) => frame);
            numbers.sort((a, b) => {
                const [x, y] = [this.name(a), this.name(b)];
                return x < y ? -1 : x > y ? 1 : a - b;
            });
            this.ranks = new Uint32Array(this.count);
            numbers.forEach((frame, rank) => { this.ranks[frame] = rank; });
        }
        return this.ranks[left] - this.ranks[right];
    }

    moduleName(frame) {
        return frame < 0 ? "" : this.modules[this.module[frame]];
    }
}

const kindNames = ["user", "kernel", "inlined", "generated at run time", "truncated"];

function unpackBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
}

async function inflate(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The frames and the tree of all stacks.
async function readStacks(settings) {
    const element = document.getElementById("stacks");
    let bytes = unpackBase64(element.textContent.trim());
    element.remove();
    if (settings.compressed) bytes = await inflate(bytes);
    const reader = new ByteReader(bytes);
    const frames = new Frames(reader);
    return { frames, tree: readTree(reader, settings) };
}

function readTree(reader, settings) {
    const count = Math.max(reader.number(), 1);
    const tree = new Tree(count, settings.difference);
    const begin = settings.chart ? new Float64Array(count) : null;
    let previous = 0;
    for (let node = 1; node < count; node++) {
        let parent = previous;
        for (let up = reader.number(); up > 0; up--) parent = tree.parent[parent];
        tree.place(node, parent, reader.number());
        tree.ownAfter[node] = reader.number();
        if (settings.difference) tree.ownBefore[node] = reader.number();
        if (begin) begin[node] = begin[node - 1] + reader.number();
        previous = node;
    }
    tree.ownAfter[0] = reader.number();
    if (settings.difference) tree.ownBefore[0] = reader.number(); else reader.number();
    tree.begin = begin;
    tree.close();
    return tree;
}
