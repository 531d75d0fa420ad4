/// Makes type information small: of a kernel's it keeps what some programs ask for, so that they
/// are loaded exactly as with the whole.
package enum Minimizer {
    /// The small type information, and how it came about.
    package struct Result: Sendable {
        /// The type information.
        package let bytes: [UInt8]
        /// How many relocations were looked at.
        package let relocations: Int
        /// How many of them nothing in the kernel answers; programs have code for that, or libbpf
        /// refuses them.
        package let unanswered: Int
    }

    /// Keeps what the relocations of the objects need.
    ///
    /// The result is for these objects alone. Numbers of types (`typeIDTarget`) are those in the
    /// result, and mean nothing to a kernel.
    ///
    /// - Throws: `MinimizingError` if a relocation cannot be decided, `BTFError` if types are
    ///   damaged.
    package static func minimize(
        _ types: BTF, for objects: [ProgramObject]
    ) throws -> Result {
        let search = try CandidateSearch(try roots(of: objects), in: types)
        var matches = RelocationMatches()
        for object in objects { try matches.add(object, in: types, search) }
        var kept = KeptTypes(of: types)
        let redundant = matches.redundant()
        for entry in matches.entries {
            for match in entry.matches where !redundant.contains(match.path.root) {
                try kept.keep(match.path, for: entry.kind)
            }
        }
        return Result(
            bytes: try kept.bytes(), relocations: matches.entries.count,
            unanswered: matches.unanswered)
    }

    /// What the objects look for; what has no name is told later, with its relocation.
    private static func roots(
        of objects: [ProgramObject]
    ) throws(BTFError) -> Set<CandidateSearch.Root> {
        var roots: Set<CandidateSearch.Root> = []
        for object in objects {
            guard let types = object.types else { continue }
            for id in Set(object.relocations.map(\.root)) {
                if let root = try? CandidateSearch.Root(id, in: types) { roots.insert(root) }
            }
        }
        return roots
    }
}
