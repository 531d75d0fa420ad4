/// What each type of a name answers to each relocation of the objects.
struct RelocationMatches {
    /// A type that answers a relocation.
    struct Match {
        let path: AccessPath
        let answer: RelocationAnswer
    }

    /// A relocation that asks for something, and the types that answer of those that libbpf may
    /// still consider then, whichever of the programs are loaded.
    struct Entry {
        let kind: RelocationKind
        let matches: [Match]
    }

    private(set) var entries: [Entry] = []

    /// How many relocations no type answers.
    var unanswered: Int { entries.count { $0.matches.isEmpty } }

    /// Works out the answers to all relocations of an object.
    ///
    /// - Throws: `MinimizingError` if a relocation cannot be decided, `BTFError` if types are
    ///   damaged.
    mutating func add(
        _ object: ProgramObject, in target: BTF, _ search: CandidateSearch
    ) throws {
        guard let local = object.types else { return }
        var matcher = TypeMatcher(local: local, target: target)
        let shared = SharedRoots(of: object)
        var narrowed: [BTFTypeID: Set<BTFTypeID>] = [:]
        for relocation in object.relocations where relocation.kind != .typeIDLocal {
            do {
                let root = try CandidateSearch.Root(relocation.root, in: local)
                let path = try AccessPath(of: relocation, in: local)
                let matches = try (search.candidates[root] ?? []).compactMap { candidate in
                    try Self.match(relocation.kind, path, candidate, &matcher)
                }
                var considered = matches
                if relocation.isLoadedByDefault {
                    considered = try Self.narrow(&narrowed[relocation.root], to: matches)
                }
                let all = shared.contains(relocation.root)
                entries.append(Entry(kind: relocation.kind, matches: all ? matches : considered))
            } catch let fault as RelocationFault {
                throw MinimizingError(
                    object: object.name, relocation: relocation,
                    root: Self.name(of: relocation, in: local), types: target.name, fault: fault)
            }
        }
    }

    /// The answer of one type, nil if it is not what is asked for.
    private static func match(
        _ kind: RelocationKind, _ path: AccessPath, _ candidate: BTFTypeID,
        _ matcher: inout TypeMatcher
    ) throws -> Match? {
        let found: AccessPath?
        if kind == .typeMatches {
            found = try matcher.match(path.root, candidate) ? AccessPath(root: candidate) : nil
        } else if kind.isAboutType {
            let isThere = try matcher.areCompatible(path.root, candidate)
            found = isThere ? AccessPath(root: candidate) : nil
        } else if kind.isAboutEnumerator {
            found = try FieldMatcher(path, types: matcher).enumerator(in: candidate)
        } else {
            found = try FieldMatcher(path, types: matcher).field(in: candidate)
        }
        guard let found else { return nil }
        return Match(path: found, answer: try RelocationAnswer(kind, found, in: matcher.target))
    }

    /// The matches of types that are still considered, which must agree; those types are from now
    /// on, if there are any.
    private static func narrow(
        _ types: inout Set<BTFTypeID>?, to matches: [Match]
    ) throws -> [Match] {
        let considered = matches.filter { types?.contains($0.path.root) != false }
        guard let first = considered.first else { return [] }
        guard considered.allSatisfy({ $0.answer.agrees(with: first.answer) }) else {
            throw RelocationFault.ambiguous(considered.map(\.path.root))
        }
        types = Set(considered.map(\.path.root))
        return considered
    }

    /// The types that nobody can miss: whatever relocation they answer, another type of the name,
    /// which is kept, answers in the same way.
    ///
    /// That type is then also among those libbpf asks whenever this one is.
    func redundant() -> Set<BTFTypeID> {
        var answers: [BTFTypeID: [Int: RelocationAnswer]] = [:]
        for entry in entries where entry.matches.count > 1 {
            for match in entry.matches { answers[match.path.root] = [:] }
        }
        guard answers.count <= Self.mostCompared else { return [] }
        for (index, entry) in entries.enumerated() {
            for match in entry.matches { answers[match.path.root]?[index] = match.answer }
        }
        var redundant: Set<BTFTypeID> = []
        for (type, own) in answers.sorted(by: { $0.key > $1.key }) {
            let isAnswered = answers.contains { other, all in
                other != type && !redundant.contains(other)
                    && own.allSatisfy { all[$0.key] == $0.value }
            }
            if isAnswered { redundant.insert(type) }
        }
        return redundant
    }

    /// Kernels have about two dozen types that share a name; each is compared with each.
    private static let mostCompared = 256

    private static func name(of relocation: Relocation, in types: BTF) -> String {
        guard let type = try? types.type(relocation.root),
            let name = try? types.text(at: type.nameOffset)
        else { return "type \(relocation.root)" }
        return "\(type.kind.name) \(name.isEmpty ? "(anonymous)" : name)"
    }
}
