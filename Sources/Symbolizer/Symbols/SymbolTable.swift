internal import Bytes

/// A symbol table and its strings, read in place.
struct SymbolTable: Sendable {
    let source: SymbolSource
    private let file: MappedFile
    private let byteOrder: ByteOrder
    private let entries: Range<UInt64>
    private let strings: Range<UInt64>
    /// What its values exceed the addresses of the image by, where it is of a debug file.
    let bias: UInt64

    /// A table at a place in a file, or nil if its entries or strings are not all there.
    init?(
        _ source: SymbolSource, in file: MappedFile, byteOrder: ByteOrder,
        entries: (offset: UInt64, size: UInt64), strings: (offset: UInt64, size: UInt64),
        bias: UInt64 = 0
    ) {
        guard (try? file.bytes.slice(at: entries.offset, count: entries.size)) != nil,
            (try? file.bytes.slice(at: strings.offset, count: strings.size)) != nil
        else { return nil }
        self.source = source
        self.file = file
        self.byteOrder = byteOrder
        self.entries = entries.offset..<entries.offset + entries.size
        self.strings = strings.offset..<strings.offset + strings.size
        self.bias = bias
    }

    /// How many symbols it has, the first, unused one too.
    var count: Int { Int((entries.upperBound - entries.lowerBound) / Symbol.size) }

    /// Calls `body` with each symbol.
    func forEach(_ body: (Symbol) -> Void) {
        guard
            let bytes = try? file.bytes.slice(
                at: entries.lowerBound, count: entries.upperBound - entries.lowerBound)
        else { return }
        let isLittleEndian = byteOrder == .little
        for number in 0..<count {
            body(Symbol(number, in: bytes, isLittleEndian: isLittleEndian))
        }
    }

    /// The symbol of a number, or nil where there is none.
    func symbol(at number: UInt32) -> Symbol? {
        guard Int(number) < count,
            let bytes = try? file.bytes.slice(
                at: entries.lowerBound + UInt64(number) * Symbol.size, count: Symbol.size)
        else { return nil }
        return Symbol(0, in: bytes, isLittleEndian: byteOrder == .little)
    }

    /// Whether a name can be at an offset of the strings.
    func hasName(at offset: UInt32) -> Bool {
        offset != 0 && UInt64(offset) < strings.upperBound - strings.lowerBound
    }

    /// The name at an offset of the strings, without the version that linkers append to it
    /// (`malloc@@GLIBC_2.2.5`); empty where there is none.
    @_lifetime(borrow self)
    func name(at offset: UInt32) -> RawSpan {
        guard
            let all = try? file.bytes.slice(
                at: strings.lowerBound, count: strings.upperBound - strings.lowerBound),
            let name = all.cString(at: UInt64(offset))
        else { return file.bytes.extracting(0..<0) }
        // A name may start with an @ of its own, but then it has no version.
        guard let version = name.firstOffset(of: UInt8(ascii: "@"), from: 1) else { return name }
        return name.extracting(0..<version)
    }

    /// Whether the name at an offset of the strings is `name`, a version left aside.
    func hasName(_ name: RawSpan, at offset: UInt32) -> Bool {
        let (start, size) = (strings.lowerBound + UInt64(offset), UInt64(name.byteCount))
        guard start < strings.upperBound, size < strings.upperBound - start else { return false }
        let bytes = file.bytes
        guard bytes.hasBytes(name, at: Int(start)),
            let next = bytes.byte(at: Int(start + size))
        else { return false }
        return next == 0 || (next == UInt8(ascii: "@") && size > 0)
    }
}
