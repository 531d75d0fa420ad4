/// The stacks of a page as bytes, which its script reads: `CPages/html/data.js`.
///
/// All numbers are LEB128. Modules: their count, then each one's length and bytes. Frames: their
/// count, then each one's length and bytes, module (zero for none, or one more than its number),
/// kind and three bytes of color. Places: a table of texts, as of modules, and the count of frames
/// that have one, then each one's number, file, line and build ID, as modules are given. Stacks: how many nodes there are, then for each one, callers
/// before callees, by how many levels it is above a callee of the last one, its frame, the value of
/// the stacks that end there, for a difference the same before, and for a flame chart by how much
/// it begins later than the last one.
struct PageData {
    /// The bytes.
    private(set) var bytes: [UInt8] = []

    private let tree: FlameTree
    /// The numbers in the page of frames that are in use.
    private var numbers: [Int: Int] = [:]
    private var used: [Int] = []

    /// Writes down what is laid out of a tree.
    init(_ tree: FlameTree, _ layout: FlameLayout, _ options: FlameGraphOptions) {
        self.tree = tree
        for box in layout.boxes.dropFirst() { use(Int(tree.frameNumber(of: box.node))) }
        appendFrames(options)
        appendPlaces()
        append(layout)
    }

    private mutating func use(_ frame: Int) {
        guard numbers[frame] == nil else { return }
        numbers[frame] = used.count
        used.append(frame)
    }

    private mutating func appendFrames(_ options: FlameGraphOptions) {
        let frames = used.map { tree.frame($0) }
        var modules: [String: Int] = [:]
        var moduleNames: [String] = []
        for frame in frames where !frame.module.isEmpty && modules[frame.module] == nil {
            moduleNames.append(frame.module)
            modules[frame.module] = moduleNames.count
        }
        append(moduleNames.count)
        for name in moduleNames { append(HarmlessText.of(name)) }
        append(frames.count)
        for (index, frame) in zip(used, frames) {
            append(HarmlessText.of(frame.name))
            append(modules[frame.module] ?? 0)
            append(Self.number(of: frame.kind))
            let color = options.palette.color(
                of: frame, name: tree.names.text(of: index), byHash: options.colorsByHash)
            bytes += [color.red, color.green, color.blue].map { UInt8(clamping: $0) }
        }
    }

    /// Where frames are in the sources, and which build their modules are of.
    private mutating func appendPlaces() {
        let frames = used.map { tree.frame($0) }
        var numbers = ["": 0]
        var texts: [String] = []
        for text in frames.flatMap({ [$0.file, $0.buildID] }) where numbers[text] == nil {
            texts.append(text)
            numbers[text] = texts.count
        }
        append(texts.count)
        for text in texts { append(HarmlessText.of(text)) }
        let placed = frames.indices.filter {
            !frames[$0].file.isEmpty || !frames[$0].buildID.isEmpty
        }
        append(placed.count)
        for index in placed {
            append(index)
            append(numbers[frames[index].file] ?? 0)
            append(frames[index].line)
            append(numbers[frames[index].buildID] ?? 0)
        }
    }

    private mutating func append(_ layout: FlameLayout) {
        append(layout.boxes.count)
        var (depth, start) = (0, UInt64(0))
        for box in layout.boxes.dropFirst() {
            append(max(depth + 1 - box.depth, 0))
            append(numbers[Int(tree.frameNumber(of: box.node))] ?? 0)
            append(tree.values[box.node])
            if tree.isDifference { append(tree.valuesBefore[box.node]) }
            if !tree.starts.isEmpty { append(box.start - min(start, box.start)) }
            (depth, start) = (box.depth, box.start)
        }
        // What has no frame is behind the rest: the script knows the root without being told.
        append(tree.values[FlameTree.root])
        append(tree.isDifference ? tree.valuesBefore[FlameTree.root] : 0)
    }

    private static func number(of kind: Frame.Kind) -> Int {
        switch kind {
        case .user: 0
        case .kernel: 1
        case .inlined: 2
        case .jit: 3
        case .truncated: 4
        }
    }

    private mutating func append(_ text: String) {
        append(text.utf8.count)
        bytes += text.utf8
    }

    private mutating func append(_ number: Int) { append(UInt64(max(number, 0))) }

    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
