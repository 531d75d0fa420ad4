internal import Bytes

/// Picks the symbols of functions out of symbol tables.
struct FunctionSymbols {
    private let tables: [SymbolTable]
    private let code: ExecutableRanges

    init(of tables: [SymbolTable], in image: ELFImage) {
        self.tables = tables
        code = ExecutableRanges(of: image)
    }

    /// The addresses of functions, each with the number of its symbol, those of all tables
    /// counted on; in the order of the tables.
    func keys() -> [RadixSort.Key] {
        var keys: [RadixSort.Key] = []
        keys.reserveCapacity(tables.reduce(0) { $0 + $1.count })
        var number: UInt32 = 0
        for table in tables {
            // Locals, not members: what the closure is called with hundreds of thousands of times
            // then costs no reference counting.
            let (code, bias) = (code, table.bias)
            table.forEach { symbol in
                defer { number &+= 1 }
                guard symbol.isDefined, table.hasName(at: symbol.nameOffset) else { return }
                let address = symbol.value &- bias
                switch symbol.kind {
                case Symbol.Kind.function, Symbol.Kind.indirectFunction: break
                // Assembly that does not bother with types, but also the linker's `_etext`.
                case Symbol.Kind.none:
                    guard code.contains(address), !Self.isLabel(table.name(at: symbol.nameOffset))
                    else { return }
                default: return
                }
                keys.append(RadixSort.Key(value: address, index: number))
            }
        }
        return keys
    }

    /// The name a key stands for.
    func entry(of key: RadixSort.Key) -> FunctionCatalog.Entry? {
        var number = key.index
        for (index, table) in tables.enumerated() {
            guard number >= table.count else {
                return table.symbol(at: number).map { symbol in
                    FunctionCatalog.Entry(
                        address: key.value, size: symbol.size, nameOffset: symbol.nameOffset,
                        table: UInt8(index), kind: symbol.kind, binding: symbol.binding)
                }
            }
            number -= UInt32(table.count)
        }
        return nil
    }

    /// Whether the name is the assembler's own: `.L12`, or `$x` and `$d`, which tell code from
    /// data on arm64 (AAELF64, section 5.5).
    private static func isLabel(_ name: RawSpan) -> Bool {
        guard let first = name.byte(at: 0) else { return true }
        if first == UInt8(ascii: ".") { return name.byte(at: 1) == UInt8(ascii: "L") }
        guard first == UInt8(ascii: "$"), let second = name.byte(at: 1) else { return false }
        let isMark = [UInt8(ascii: "x"), UInt8(ascii: "d")].contains(second)
        return isMark && (name.byteCount == 2 || name.byte(at: 2) == UInt8(ascii: "."))
    }
}
