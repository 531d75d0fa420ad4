// The script of a flame graph: zoom, search and details, all without the network.
(() => {
    "use strict";
    const self = document.currentScript;
    const svg = (self && self.closest("svg")) || document.documentElement;
    const element = id => svg.querySelector("#" + id);
    const [title, subtitle, details, matched] =
        ["title", "subtitle", "details", "matched"].map(element);
    const [unzoom, search, ignoreCase] = ["unzoom", "search", "ignorecase"].map(element);
    const [searchBox, input, group] = ["searchbox", "term", "frames"].map(element);
    const measure = name => Number(svg.dataset[name]);
    const [margin, inset, baseline] = ["margin", "inset", "baseline"].map(measure);
    const [narrowest, narrowing] = ["narrowest", "narrowing"].map(measure);
    const isFluid = svg.dataset.fluid && svg === document.documentElement;

    // Boxes have a title, a rectangle and, where there is room for one, a text.
    const boxes = Array.from(group.children, g => {
        const heading = g.firstElementChild, rect = heading.nextElementSibling;
        const label = heading.textContent;
        return {
            g, label, name: label.slice(0, label.lastIndexOf(" (")),
            rect, text: rect.nextElementSibling, place: "", isMatch: false,
            start: Number(g.getAttribute("data-s")), end: Number(g.getAttribute("data-e")),
            depth: Number(g.getAttribute("data-d"))
        };
    });
    const boxOf = new Map(boxes.map(box => [box.g, box]));
    const ground = boxes[0];
    let zoomed = ground;
    let term = "";
    let ignoresCase = false;

    // Drawing

    // Beside a stand-in: all boxes would be laid out for it, to be laid out anew when they are drawn.
    const characterWidth = (() => {
        const place = group.cloneNode(false);
        const sample = document.createElementNS(svg.namespaceURI, "text");
        sample.textContent = "0".repeat(100);
        place.append(sample);
        group.replaceWith(place);
        svg.classList.remove("loading");
        const width = sample.getComputedTextLength() / 100;
        place.replaceWith(group);
        return width || measure("character");
    })();

    const columns = character => character.codePointAt(0) < 0x1100 ? 1 : 2;

    function fitted(name, width) {
        const room = Math.floor((width - 2 * inset) / characterWidth);
        if (room < 3) return "";
        let used = 0, kept = 0, isWhole = true;
        for (const character of name) {
            used += columns(character);
            if (used > room) { isWhole = false; break; }
            if (used < room) kept += character.length;
        }
        return isWhole ? name : name.slice(0, kept) + "…";
    }

    function write(box, x, width) {
        const text = fitted(box.name, width);
        if (!box.text) {
            if (!text) return;
            box.text = document.createElementNS(svg.namespaceURI, "text");
            box.text.setAttribute("y", Number(box.rect.getAttribute("y")) + baseline);
            box.g.append(box.text);
        }
        box.text.setAttribute("x", x + inset);
        box.text.textContent = text;
    }

    // Most boxes stay where they are.
    function put(box, place) {
        if (box.place === place) return;
        if (box.place) box.g.classList.remove(box.place);
        if (place) box.g.classList.add(place);
        box.place = place;
    }

    function draw() {
        const width = svg.viewBox.baseVal.width - 2 * margin;
        const scale = width / (zoomed.end - zoomed.start || 1);
        for (const box of boxes) {
            const isCaller = box.depth < zoomed.depth
                && box.start <= zoomed.start && box.end >= zoomed.end;
            const isInside = box.depth >= zoomed.depth
                && box.start >= zoomed.start && box.end <= zoomed.end;
            put(box, isCaller ? "caller" : isInside ? "" : "hidden");
            if (!isCaller && !isInside) continue;
            const x = isCaller ? margin : margin + (box.start - zoomed.start) * scale;
            const boxWidth = isCaller ? width : (box.end - box.start) * scale;
            box.rect.setAttribute("x", x.toFixed(2));
            const drawn = boxWidth > narrowest ? boxWidth - narrowing : boxWidth;
            box.rect.setAttribute("width", drawn.toFixed(2));
            write(box, x, boxWidth);
        }
        unzoom.classList.toggle("hidden", zoomed === ground);
    }

    function resize() {
        const width = Math.max(document.documentElement.clientWidth, measure("smallest"));
        svg.setAttribute("width", width);
        svg.setAttribute("viewBox", `0 0 ${width} ${svg.viewBox.baseVal.height}`);
        searchBox.setAttribute("x", width - measure("searchRight"));
        draw();
    }

    // Search

    function mark(pattern) {
        let value = 0, reached = -1;
        // Callers come before callees, so that what is nested is not counted twice.
        for (const box of boxes) {
            const isMatch = pattern !== null && pattern.test(box.name);
            if (isMatch !== box.isMatch) box.g.classList.toggle("match", isMatch);
            box.isMatch = isMatch;
            if (isMatch && box.start >= reached) {
                value += box.end - box.start;
                reached = box.end;
            }
        }
        const share = 100 * value / (ground.end - ground.start);
        matched.textContent = pattern ? `Matched: ${share.toFixed(1)}%` : "";
    }

    function applySearch() {
        let pattern = null;
        try {
            if (term) pattern = new RegExp(term, ignoresCase ? "iu" : "u");
        } catch {
            try {
                pattern = new RegExp(term, ignoresCase ? "i" : "");
            } catch {
                // Half-typed: what was found last stays.
                input.classList.add("invalid");
                return;
            }
        }
        input.classList.remove("invalid");
        ignoreCase.classList.toggle("on", ignoresCase);
        mark(pattern);
    }

    function setTerm(text) {
        term = text;
        applySearch();
        save();
    }

    function openSearch() {
        searchBox.classList.remove("hidden");
        search.classList.add("hidden");
        input.focus();
        input.select();
    }

    function closeSearch() {
        input.value = "";
        input.blur();
        searchBox.classList.add("hidden");
        search.classList.remove("hidden");
        setTerm("");
    }

    function toggleCase() {
        ignoresCase = !ignoresCase;
        ignoreCase.classList.toggle("on", ignoresCase);
        applySearch();
        save();
    }

    function zoom(box) {
        zoomed = box;
        draw();
        save();
    }

    // State in the address, so that a view can be shared

    function save() {
        const state = new URLSearchParams();
        if (zoomed !== ground) {
            state.set("x", zoomed.start);
            state.set("y", zoomed.depth);
        }
        if (term) state.set("s", term);
        if (ignoresCase) state.set("i", "1");
        const hash = state.toString();
        if (hash === location.hash.slice(1)) return;
        try {
            history.replaceState(null, "", "#" + hash);
        } catch {
            // Some frames and local files do not allow it; the graph works all the same.
        }
    }

    function restore() {
        const state = new URLSearchParams(location.hash.slice(1) || location.search);
        const [x, y] = [Number(state.get("x")), Number(state.get("y"))];
        zoomed = boxes.find(box => box.depth === y && box.start === x) || ground;
        ignoresCase = state.get("i") === "1";
        term = state.get("s") || "";
        if (term) {
            input.value = term;
            searchBox.classList.remove("hidden");
            search.classList.add("hidden");
        }
        applySearch();
        if (isFluid) resize(); else draw();
    }

    // Events

    const boxAt = event => boxOf.get(event.target.closest("#frames > g"));

    function describe(box) {
        const module = box && box.g.dataset.m;
        details.textContent = box ? box.label + (module ? " in " + module : "") : "";
    }

    function pressed(event) {
        const hasModifier = event.ctrlKey || event.metaKey;
        if (event.key === "F3" || (hasModifier && event.key.toLowerCase() === "f")) {
            openSearch();
        } else if (hasModifier && event.key.toLowerCase() === "i" && !event.shiftKey) {
            toggleCase();
        } else if (event.key === "Escape") {
            if (searchBox.classList.contains("hidden")) zoom(ground); else closeSearch();
        } else {
            return;
        }
        event.preventDefault();
    }

    if (!ground) return;
    group.addEventListener("click", event => {
        const box = boxAt(event);
        if (box) zoom(box);
    });
    group.addEventListener("mouseover", event => describe(boxAt(event)));
    group.addEventListener("mouseleave", () => describe());
    unzoom.addEventListener("click", () => zoom(ground));
    search.addEventListener("click", openSearch);
    ignoreCase.addEventListener("click", toggleCase);
    input.addEventListener("input", () => setTerm(input.value));
    input.addEventListener("blur", () => { if (!input.value) closeSearch(); });
    window.addEventListener("keydown", pressed);
    window.addEventListener("hashchange", restore);
    if (isFluid) window.addEventListener("resize", resize);
    restore();
})();
