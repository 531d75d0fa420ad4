internal import Bytes

/// The relocations that fill the slots of the global offset table with addresses of functions.
struct LinkageRelocations {
    /// What a slot is filled with.
    enum Target: Hashable {
        /// The address of a symbol, by its number in the dynamic linker's table.
        case symbol(UInt32)
        /// What the resolver at an address returns: an indirect function without a name.
        case resolver(UInt64)
    }

    /// The slots of the procedure linkage table, in the order of their relocations.
    private(set) var linkage: [(slot: UInt64, target: Target)] = []
    /// What is in each slot.
    private(set) var targets: [UInt64: Target] = [:]

    /// The slots of the procedure linkage table alone.
    var linkageSlots: Set<UInt64> { Set(linkage.map(\.slot)) }

    /// The types of relocation (psABI for x86-64, section 4.4.1).
    private enum Kind {
        static let globalData: UInt32 = 6
        static let jumpSlot: UInt32 = 7
        static let indirectRelative: UInt32 = 37
    }

    /// The size of an `Elf64_Rela`.
    private static let size: UInt64 = 24

    /// Reads the relocations of an image, by section headers or, without these, as the dynamic
    /// linker finds them.
    init(of image: ELFImage) {
        guard image.machine == .x86_64 else { return }
        let tables = image.sections.filter { $0.kind == .relocations && $0.isAllocated }
        if !tables.isEmpty {
            for table in tables {
                read((table.offset, table.size), of: image, isLinkage: table.name.hasSuffix("plt"))
            }
        } else if let dynamic = image.dynamic {
            if let table = dynamic.linkageRelocations { read(table, of: image, isLinkage: true) }
            if let table = dynamic.relocations { read(table, of: image, isLinkage: false) }
        }
    }

    private mutating func read(
        _ table: (offset: UInt64, size: UInt64), of image: ELFImage, isLinkage: Bool
    ) {
        guard let bytes = try? image.file.bytes.slice(at: table.offset, count: table.size) else {
            return
        }
        var cursor = ByteCursor(bytes, byteOrder: image.byteOrder)
        while cursor.remaining >= Self.size, let slot = try? cursor.readUInt64(),
            let kind = try? cursor.readUInt32(), let symbol = try? cursor.readUInt32(),
            let addend = try? cursor.readUInt64()
        {
            let target: Target?
            switch kind {
            case Kind.indirectRelative: target = .resolver(addend)
            case Kind.globalData, Kind.jumpSlot: target = .symbol(symbol)
            default: target = nil
            }
            // The number a stub pushes counts relocations of all types.
            if isLinkage { linkage.append((slot, target ?? .symbol(0))) }
            if let target { targets[slot] = target }
        }
    }
}
