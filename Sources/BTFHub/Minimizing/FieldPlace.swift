internal import Bytes

/// Where a field is in memory, and what a program does to read it (`bpf_core_calc_field_relo`).
struct FieldPlace {
    /// Where a load of it starts, in bytes.
    let byteOffset: UInt32
    /// How many bytes a load of it has.
    let byteSize: UInt32
    private let bitOffset: UInt32
    private let bitSize: UInt32
    private let isSigned: Bool
    private let byteOrder: ByteOrder

    /// An element of an array.
    ///
    /// - Throws: `RelocationFault` if more is asked than where it is and how large.
    init(
        element: AccessPath.Accessor, _ path: AccessPath, in types: BTF,
        asking kind: RelocationKind
    ) throws {
        guard kind == .fieldByteOffset || kind == .fieldByteSize else {
            throw RelocationFault.arrayAccess
        }
        byteSize = try types.size(of: element.type)
        byteOffset = path.bitOffset / 8
        bitOffset = path.bitOffset
        bitSize = byteSize &* 8
        isSigned = false
        byteOrder = types.byteOrder
    }

    /// A member of a composite.
    ///
    /// - Throws: `RelocationFault` if it is a bit field too wide to be loaded at once, `BTFError`
    ///   if types are damaged.
    init(member accessor: AccessPath.Accessor, _ path: AccessPath, in types: BTF) throws {
        let member = types.member(accessor.index, of: try types.type(accessor.type))
        let type = try types.resolve(member.type)
        bitOffset = path.bitOffset
        byteOrder = types.byteOrder
        isSigned =
            type.kind == .integer
            ? types.integer(type).isSigned : type.kind.isEnumeration && type.flag
        guard member.bitFieldSize > 0 else {
            byteSize = try types.size(of: type.id)
            byteOffset = path.bitOffset / 8
            bitSize = byteSize &* 8
            return
        }
        bitSize = member.bitFieldSize
        // The smallest power of two of bytes, aligned to itself, that has all bits of it.
        var size = type.size
        guard size > 0, size <= 16 else { throw RelocationFault.wideBitField }
        var start = bitOffset / 8 / size * size
        while UInt64(bitOffset) + UInt64(bitSize) - UInt64(start) * 8 > UInt64(size) * 8 {
            guard size < 8 else { throw RelocationFault.wideBitField }
            size *= 2
            start = bitOffset / 8 / size * size
        }
        byteSize = size
        byteOffset = start
    }

    /// The number that a relocation puts into an instruction.
    func answer(_ kind: RelocationKind) -> UInt64 {
        switch kind {
        case .fieldByteOffset: UInt64(byteOffset)
        case .fieldByteSize: UInt64(byteSize)
        case .fieldSigned: isSigned ? 1 : 0
        case .fieldLeftShift: UInt64(leftShift)
        case .fieldRightShift: UInt64(64 &- bitSize)
        default: 1
        }
    }

    private var leftShift: UInt32 {
        switch byteOrder {
        case .little: 64 &- (bitOffset &+ bitSize &- byteOffset &* 8)
        case .big: (8 &- byteSize) &* 8 &+ (bitOffset &- byteOffset &* 8)
        }
    }
}
