/// What a debugging entry describes (`DW_TAG_…`; DWARF 5, section 7.5.3), as far as it matters here.
struct Tag: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt16

    static let inlinedSubroutine = Tag(rawValue: 0x1d)
    static let compileUnit = Tag(rawValue: 0x11)
    static let module = Tag(rawValue: 0x1e)
    static let subprogram = Tag(rawValue: 0x2e)
    static let namespace = Tag(rawValue: 0x39)
    static let partialUnit = Tag(rawValue: 0x3c)
    static let skeletonUnit = Tag(rawValue: 0x4a)
    static let lexicalBlock = Tag(rawValue: 0x0b)
    static let tryBlock = Tag(rawValue: 0x32)
    static let catchBlock = Tag(rawValue: 0x25)
    static let withStatement = Tag(rawValue: 0x22)

    /// Whether it is a part of a function's code that inlined calls are found in.
    var isCodeBlock: Bool {
        switch self {
        case .inlinedSubroutine, .lexicalBlock, .tryBlock, .catchBlock, .withStatement: true
        default: false
        }
    }

    /// Whether functions with code are found directly in it: what it leads to is read though
    /// there is a short way behind it.
    var isScopeOfFunctions: Bool {
        switch self {
        case .compileUnit, .partialUnit, .skeletonUnit, .namespace, .module: true
        default: false
        }
    }
}
