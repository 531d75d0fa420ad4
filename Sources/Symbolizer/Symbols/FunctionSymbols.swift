internal import Bytes

/// Picks the symbols of functions out of symbol tables.
struct FunctionSymbols {
    private let tables: [SymbolTable]
    private let code: ExecutableRanges
    private let image: ELFImage
    private let window: Range<UInt64>

    init(of tables: [SymbolTable], in image: ELFImage, near window: Range<UInt64>) {
        self.tables = tables
        self.window = window
        self.image = image
        code = ExecutableRanges(of: image)
    }

    /// The names of functions, in the order of the tables.
    func entries() -> [FunctionCatalog.Entry] {
        var found: [FunctionCatalog.Entry] = []
        found.reserveCapacity(tables.reduce(0) { $0 + $1.count })
        for (number, table) in tables.enumerated() {
            // Locals, not members: what the closure is called with hundreds of thousands of times
            // then costs no reference counting.
            let (code, bias, image, window) = (code, table.bias, image, window)
            let isObject = image.kind == .relocatable
            table.forEach { symbol in
                guard symbol.isDefined, table.hasName(at: symbol.nameOffset) else { return }
                let address = (isObject ? image.address(of: symbol) : symbol.value) &- bias
                guard address < window.upperBound,
                    address >= window.lowerBound || symbol.size > window.lowerBound - address
                else { return }
                switch symbol.kind {
                case Symbol.Kind.function, Symbol.Kind.indirectFunction: break
                // Assembly that does not bother with types, but also the linker's `_etext`.
                case Symbol.Kind.none:
                    guard code.contains(address), !Self.isLabel(table.name(at: symbol.nameOffset))
                    else { return }
                default: return
                }
                found.append(
                    FunctionCatalog.Entry(
                        address: address, size: symbol.size, nameOffset: symbol.nameOffset,
                        table: UInt8(number), kind: symbol.kind, binding: symbol.binding))
            }
        }
        return found
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
