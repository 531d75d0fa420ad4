internal import Bytes

/// Finds the types of a kernel that have the names of a program's types, flavors apart, all in one
/// pass.
struct CandidateSearch {
    /// What is looked for.
    struct Root: Hashable {
        /// The name without its flavor.
        let name: [UInt8]
        /// The kind; enumerations of either width are one.
        let kind: BTFKind

        init(name: [UInt8], kind: BTFKind) {
            self.name = name
            self.kind = kind == .enumeration64 ? .enumeration : kind
        }

        /// What to look for, of a type of a program.
        ///
        /// - Throws: `RelocationFault` if it has no name, `BTFError` if there is none.
        init(_ id: BTFTypeID, in types: BTF) throws {
            let type = try types.type(id)
            let name = EssentialName.of(try types.string(at: type.nameOffset))
            guard name.byteCount > 0 else { throw RelocationFault.anonymousRoot }
            self.init(name: name.array, kind: type.kind)
        }
    }

    /// The types found, in order.
    private(set) var candidates: [Root: [BTFTypeID]] = [:]
    private var wanted: [UInt64: [Root]] = [:]
    /// A bit for each kind that is wanted: most types are of others.
    private var kinds: UInt32 = 0
    /// How the names that are wanted start: most start otherwise.
    private var starts = [Bool](repeating: false, count: 1 << 16)

    /// Looks for types.
    ///
    /// - Throws: `BTFError` if the type information is damaged.
    init(_ roots: Set<Root>, in types: BTF) throws(BTFError) {
        for root in roots {
            wanted[Self.key(root.name.span.bytes), default: []].append(root)
            for start in Self.starts(of: root.name) { starts[Int(start)] = true }
            kinds |= 1 << UInt32(root.kind.rawValue)
            if root.kind == .enumeration {
                kinds |= 1 << UInt32(BTFKind.enumeration64.rawValue)
            }
        }
        guard !roots.isEmpty else { return }
        for number in 1..<max(types.typeCount, 1) {
            guard kinds & 1 << UInt32(types.kind(ofNumber: number).rawValue) != 0 else { continue }
            let type = try types.type(BTFTypeID(UInt32(number)))
            guard !type.isAnonymous else { continue }
            if let start = types.start(ofStringAt: type.nameOffset), !starts[Int(start)] {
                continue
            }
            try look(at: type, in: types)
        }
    }

    /// The first two bytes of a name, whatever its flavor.
    private static func starts(of name: [UInt8]) -> [UInt16] {
        guard let first = name.first else { return [] }
        let seconds = name.count > 1 ? [name[1]] : [0, UInt8(ascii: "_")]
        return seconds.map { UInt16($0) << 8 | UInt16(first) }
    }

    private mutating func look(at type: BTFType, in types: BTF) throws(BTFError) {
        let name = EssentialName.of(try types.string(at: type.nameOffset))
        guard let roots = wanted[Self.key(name)] else { return }
        let kind = type.kind == .enumeration64 ? .enumeration : type.kind
        for root in roots where root.kind == kind && name.isEqual(to: root.name.span.bytes) {
            candidates[root, default: []].append(type.id)
        }
    }

    /// Names that differ here differ: the length and the first bytes.
    private static func key(_ name: RawSpan) -> UInt64 {
        var key = UInt64(truncatingIfNeeded: name.byteCount)
        for index in 0..<min(name.byteCount, 7) {
            key = key << 8 | UInt64(name.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self))
        }
        return key
    }
}
