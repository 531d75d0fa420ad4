internal import Bytes

/// The functions and lines of a Go program (`.gopclntab`), which stay in it when it is stripped:
/// the runtime needs them for its tracebacks.
///
/// Read in place, in all four layouts: of Go 1.2, 1.16, 1.18 and 1.20. Functions that were inlined
/// are told apart from Go 1.18 on; before, their lines belong to the function around them.
///
/// Opening takes time in proportion to the functions and to the relocations, and without section
/// headers to the image's data; a lookup logarithmic time, a line time in proportion to the
/// function's size, inlined functions that for each of at most 128, the first of them once the
/// time to look through the writable data; and none memory.
package struct GoFunctionTable: Sendable {
    let image: ELFImage
    let layout: GoTableLayout
    /// The bytes from the start of the table, perhaps more than it has.
    let table: SectionBytes
    /// What the loader adds to the table, by offset in it: addresses of programs that can be
    /// loaded anywhere are zero in some files.
    private let relocated: [UInt64: UInt64]
    /// What is known of the program as a whole.
    let module: Lazy<GoModule?>

    /// Where it is in the file.
    let offset: UInt64

    /// Finds the table of an image, nil if it has none, or one that is damaged.
    package init?(of image: ELFImage) {
        for range in GoTableSearch.candidates(in: image) {
            if let table = GoFunctionTable(of: image, at: range), table.isPlausible {
                self = table
                return
            }
        }
        return nil
    }

    init?(of image: ELFImage, at range: Range<UInt64>) {
        guard
            let bytes = try? image.file.bytes.slice(
                at: range.lowerBound, count: range.upperBound - range.lowerBound)
        else { return nil }
        var cursor = ByteCursor(bytes, byteOrder: image.byteOrder)
        guard var layout = try? GoTableLayout(parsing: &cursor), layout.functionCount > 0,
            layout.functions <= UInt64(bytes.byteCount),
            // One more: where the last function ends.
            layout.functionCount
                < (UInt64(bytes.byteCount) - layout.functions) / layout.entrySize
        else { return nil }
        relocated = GoTableSearch.relocations(of: image, in: range)
        if layout.hasOffsets, let start = relocated[GoTableLayout.textStartOffset] {
            layout.textStart = start
        }
        self.image = image
        self.layout = layout
        offset = range.lowerBound
        module = Lazy()
        table = SectionBytes(image.file, range: Int(range.lowerBound)..<Int(range.upperBound))
    }

    /// How many functions it has.
    package var count: Int { Int(layout.functionCount) }

    /// The function at a place of the table, in the order of the addresses.
    package func function(at index: Int) -> Function? {
        guard index >= 0, index < count, let start = entryPoint(of: UInt64(index)),
            let end = entryPoint(of: UInt64(index) + 1), end > start,
            let record = record(of: index),
            let name = name(of: record)
        else { return nil }
        let address = Address(start)
        return Function(
            name: name, aliases: [], address: address, size: end - start,
            fileOffset: image.fileOffset(of: address), binding: .local, source: .goTable,
            probeability: .entryOnly(.goStack))
    }

    /// The function an address of the image is in.
    package func lookup(_ address: Address) -> Function? {
        index(of: address).flatMap { function(at: $0) }
    }

    /// The number of the function an address is in.
    func index(of address: Address) -> Int? {
        var (low, high) = (UInt64(0), layout.functionCount + 1)
        while low < high {
            let middle = low + (high - low) / 2
            guard let start = entryPoint(of: middle) else { return nil }
            if start <= address.rawValue { low = middle + 1 } else { high = middle }
        }
        // Behind the last entry, which is the end of the last function.
        return low > 0 && low <= layout.functionCount ? Int(low - 1) : nil
    }

    /// Where a function starts.
    func entryPoint(of index: UInt64) -> UInt64? {
        let offset = layout.functions &+ index &* layout.entrySize
        if let start = relocated[offset] { return start }
        guard layout.hasOffsets else { return integer(at: offset, size: 8) }
        return integer(at: offset, size: 4).map { layout.textStart &+ $0 }
    }

    /// The offset in the table of what is told of a function (`runtime._func`).
    func record(of index: Int) -> UInt64? {
        let half = layout.entrySize / 2
        let place = layout.functions &+ UInt64(index) &* layout.entrySize &+ half
        guard let offset = integer(at: place, size: half) else { return nil }
        let base = layout.version == .go12 ? 0 : layout.functions
        let (record, overflow) = base.addingReportingOverflow(offset)
        return overflow ? nil : record
    }

    /// A field of 32 bits of what is told of a function, by its number behind the address.
    func field(_ number: UInt64, of record: UInt64) -> UInt32? {
        let (offset, overflow) = record.addingReportingOverflow(layout.addressSize + number * 4)
        guard !overflow else { return nil }
        return integer(at: offset, size: 4).map { UInt32($0) }
    }

    func name(of record: UInt64) -> String? {
        guard let offset = field(0, of: record) else { return nil }
        let name = text(at: layout.names &+ UInt64(offset))
        return name?.isEmpty == false ? name : nil
    }

    /// The text at an offset of the table.
    func text(at offset: UInt64) -> String? {
        table.bytes.cString(at: offset)?.text
    }

    /// An unsigned integer of 4 or 8 bytes at an offset of the table.
    func integer(at offset: UInt64, size: UInt64) -> UInt64? {
        var cursor = ByteCursor(table.bytes, byteOrder: image.byteOrder)
        guard (try? cursor.seek(to: offset)) != nil else { return nil }
        return size == 4 ? (try? cursor.readUInt32()).map { UInt64($0) } : try? cursor.readUInt64()
    }

    /// Whether the addresses ascend and are code, and the first function has a name.
    private var isPlausible: Bool {
        guard function(at: 0) != nil, var last = entryPoint(of: 0),
            image.isExecutable(Address(last))
        else { return false }
        for index in 1...layout.functionCount {
            guard let start = entryPoint(of: index), start >= last else { return false }
            last = start
        }
        return image.isExecutable(Address(last &- 1))
    }
}
