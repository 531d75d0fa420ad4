/// How the frames of a flame graph look: a frame can be in many boxes.
struct FlameLooks {
    /// What all boxes of a frame have in common, fit for XML but for the name.
    struct Look {
        /// The name, not escaped yet, since it may have to be cut.
        let name: String
        /// The name for the title.
        let title: [UInt8]
        /// An attribute with the module, or nothing.
        let module: [UInt8]
        /// The color, as CSS has it.
        let color: String
    }

    /// The box of all stacks.
    let ground: Look
    /// The map of colors, if options have one, with those that are new.
    private(set) var paletteMap: PaletteMap?

    private let tree: FlameTree
    private let options: FlameGraphOptions
    private let changes: DifferenceColors
    private var looks: [UInt32: Look] = [:]

    /// The looks of a tree's frames.
    init(_ tree: FlameTree, _ options: FlameGraphOptions) {
        self.tree = tree
        self.options = options
        paletteMap = options.paletteMap
        changes = DifferenceColors(tree, isNegated: options.isNegated)
        let color = options.palette.ground(byHash: options.colorsByHash)
        ground = Look(name: "all", title: Array("all".utf8), module: [], color: color.description)
    }

    /// How a node's frame looks.
    mutating func look(ofNode node: Int) -> Look {
        let index = tree.frameNumber(of: node)
        if let look = looks[index] { return look }
        let look = makeLook(Int(index))
        looks[index] = look
        return look
    }

    /// How much more ends at a node than did before, in units of the tree.
    func change(_ node: Int) -> Double {
        let (now, before) = (tree.values[node], tree.valuesBefore[node])
        return now >= before ? Double(now - before) : -Double(before - now)
    }

    /// The change as it is shown: the other way round where red stands for less.
    func shownChange(_ node: Int) -> Double { options.isNegated ? -change(node) : change(node) }

    /// The color of the change at a node.
    func changeColor(_ node: Int) -> String { changes.color(of: change(node)).description }

    private mutating func makeLook(_ index: Int) -> Look {
        let frame = tree.frame(index)
        let name = tree.names.text(of: index)
        let color = options.palette.color(of: frame, name: name, byHash: options.colorsByHash)
        let kept = paletteMap?.color(of: name, otherwise: color)
        let module = XMLText.escaped(frame.module)
        return Look(
            name: HarmlessText.of(frame.name), title: Array(XMLText.escaped(frame.name).utf8),
            module: module.isEmpty ? [] : Array(" data-m=\"\(module)\"".utf8),
            color: kept ?? color.description)
    }
}
