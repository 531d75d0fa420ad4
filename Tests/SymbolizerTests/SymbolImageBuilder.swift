/// Writes images whose symbols are as wanted: 4096 bytes of code and one symbol table.
struct SymbolImageBuilder {
    struct Entry {
        var name: String
        var value: UInt64
        var size: UInt64 = 0
        var kind: UInt8 = 2
        var binding: UInt8 = 1
        var section: UInt16 = 1
    }

    /// How symbols take part in linking.
    static let (local, global, weak, unique): (UInt8, UInt8, UInt8, UInt8) = (0, 1, 2, 10)
    /// What symbols are of.
    static let (untyped, object, function, section, file, indirect):
        (
            UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
        ) = (0, 1, 2, 3, 4, 10)
    static let codeSize: UInt64 = 0x1000

    var code: UInt64 = 0x1000
    var isDynamic = false
    var machine: UInt16 = 62
    var entries: [Entry]

    private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private func header(
        _ name: UInt32, kind: UInt32, flags: UInt64, address: UInt64, offset: UInt64, size: UInt64,
        link: UInt32 = 0, entrySize: UInt64 = 0
    ) -> [UInt8] {
        bytes(name) + bytes(kind) + bytes(flags) + bytes(address) + bytes(offset) + bytes(size)
            + bytes(link) + bytes(UInt32(0)) + bytes(UInt64(1)) + bytes(entrySize)
    }

    /// The file: its header and one segment, the code, the symbols, strings, section headers.
    func image() -> [UInt8] {
        var strings: [UInt8] = [0]
        var symbols = [UInt8](repeating: 0, count: 24)
        for entry in entries {
            symbols += bytes(UInt32(strings.count)) + [entry.binding << 4 | entry.kind, 0]
            symbols += bytes(entry.section) + bytes(entry.value) + bytes(entry.size)
            strings += Array(entry.name.utf8) + [0]
        }
        let names = Array("\0.text\0.symtab\0.strtab\0".utf8)
        let codeAt = UInt64(64 + 56)
        let symbolsAt = codeAt + Self.codeSize
        let stringsAt = symbolsAt + UInt64(symbols.count)
        let namesAt = stringsAt + UInt64(strings.count)
        let headersAt = namesAt + UInt64(names.count)

        var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
        file += bytes(UInt16(2)) + bytes(machine) + bytes(UInt32(1)) + bytes(UInt64(0))
        file += bytes(UInt64(64)) + bytes(headersAt) + bytes(UInt32(0)) + bytes(UInt16(64))
        file += bytes(UInt16(56)) + bytes(UInt16(1)) + bytes(UInt16(64)) + bytes(UInt16(5))
        file += bytes(UInt16(4))
        file += bytes(UInt32(1)) + bytes(UInt32(5)) + bytes(codeAt) + bytes(code) + bytes(code)
        file += bytes(Self.codeSize) + bytes(Self.codeSize) + bytes(UInt64(1))
        file += [UInt8](repeating: 0x90, count: Int(Self.codeSize)) + symbols + strings + names
        file += [UInt8](repeating: 0, count: 64)
        file += header(
            1, kind: 1, flags: 6, address: code, offset: codeAt, size: Self.codeSize)
        file += header(
            7, kind: isDynamic ? 11 : 2, flags: 0, address: 0, offset: symbolsAt,
            size: UInt64(symbols.count), link: 3, entrySize: 24)
        file += header(
            15, kind: 3, flags: 0, address: 0, offset: stringsAt, size: UInt64(strings.count))
        file += header(
            15, kind: 3, flags: 0, address: 0, offset: namesAt, size: UInt64(names.count))
        return file
    }
}
