/// The types of a program object that more than one of its functions ask about.
///
/// libbpf leaves out of consideration, for the whole object, types that did not answer one
/// relocation if others did; and it looks at the relocations of those functions only that are to be
/// loaded. So what is considered in one function can depend on whether another one is loaded.
struct SharedRoots {
    private var askers: [BTFTypeID: Asker] = [:]
    private var shared: Set<BTFTypeID> = []

    /// A function, by its number among those of its section in order; -1 before the first.
    private struct Asker: Equatable {
        let section: String
        let function: Int
    }

    init(of object: ProgramObject) {
        let starts = Dictionary(grouping: object.functions, by: \.section)
            .mapValues { $0.map(\.instruction).sorted() }
        for relocation in object.relocations where relocation.kind != .typeIDLocal {
            let function = Self.lastIndex(
                notAfter: relocation.instruction, in: starts[relocation.section] ?? [])
            let asker = Asker(section: relocation.section, function: function)
            let known = askers.updateValue(asker, forKey: relocation.root)
            if let known, known != asker { shared.insert(relocation.root) }
        }
    }

    /// Whether several functions ask about a type.
    func contains(_ root: BTFTypeID) -> Bool { shared.contains(root) }

    private static func lastIndex(notAfter instruction: UInt32, in starts: [UInt32]) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = low + (high - low) / 2
            if starts[middle] <= instruction { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }
}
