internal import Bytes

extension GoFunctionTable {
    /// A function an address is of.
    package struct Frame: Hashable, Sendable {
        /// The name, as the symbol table would have it.
        package let name: String
        /// Of the innermost function the line of the code, of one around it that of the call.
        package let line: Line?
    }

    /// How deep calls are inlined into each other, at most: the compiler gives up long before.
    private static let longestChain = 128

    /// The tables of a function's inlined calls (`runtime.inlinedCall`).
    private struct InlineTree {
        /// The table of values that tells the number of the call for a place in the function.
        var numbers: UInt32
        /// Where in the file the calls are.
        var calls: UInt64
        /// How many bytes of a call are before its name and the place it is called from, and all.
        var namePlace: UInt64
        var callerPlace: UInt64
        var size: UInt64
    }

    /// The functions an address is of: what was inlined there, the innermost first, and the
    /// function around it; none outside of functions. Before Go 1.18 only the latter.
    package func frames(at address: Address) -> [Frame] {
        guard let index = index(of: address), let start = entryPoint(of: UInt64(index)),
            let end = entryPoint(of: UInt64(index) + 1), end > start,
            let record = record(of: index), let name = name(of: record)
        else { return [] }
        var distance = address.rawValue &- start
        let alone = Frame(name: name, line: line(at: distance, of: record))
        guard let tree = inlineTree(of: record) else { return [alone] }
        var frames: [Frame] = []
        while let number = value(of: tree.numbers, at: distance), number >= 0 {
            guard frames.count < Self.longestChain,
                let call = call(UInt64(number), of: tree), call.caller < end - start
            else { return [alone] }  // damaged: what is left is right
            frames.append(Frame(name: call.name, line: line(at: distance, of: record)))
            distance = call.caller
        }
        return frames + [Frame(name: name, line: line(at: distance, of: record))]
    }

    /// A call: what is called, and from how far behind the start of the function.
    private func call(_ number: UInt64, of tree: InlineTree) -> (name: String, caller: UInt64)? {
        let place = tree.calls.addingProduct(number, tree.size)
        guard let call = try? image.file.bytes.slice(at: place, count: tree.size) else {
            return nil
        }
        var cursor = ByteCursor(call, byteOrder: image.byteOrder)
        guard (try? cursor.seek(to: tree.namePlace)) != nil, let name = try? cursor.readUInt32(),
            (try? cursor.seek(to: tree.callerPlace)) != nil,
            let caller = try? cursor.readUInt32(),
            let text = text(at: layout.names &+ UInt64(name)), !text.isEmpty
        else { return nil }
        return (text, UInt64(caller))
    }

    /// The numbers of the fields of `runtime._func` behind the address, and of the tables it has.
    private enum Field {
        static let valueTables: UInt64 = 6
        /// Four bytes, the last of which counts the offsets of data; Go 1.20 added a field before.
        static func counts(in version: GoTableLayout.Version) -> UInt64 {
            version == .go120 ? 9 : 8
        }
        static let inlineNumbers: UInt64 = 2
        static let inlineCalls: UInt64 = 3
    }

    private func inlineTree(of record: UInt64) -> InlineTree? {
        let counts = Field.counts(in: layout.version)
        guard layout.hasOffsets, let valueTables = field(Field.valueTables, of: record),
            valueTables > Field.inlineNumbers, valueTables < 256,
            let word = field(counts, of: record),
            (image.byteOrder == .little ? word >> 24 : word & 0xff) > Field.inlineCalls,
            let numbers = field(counts + 1 + Field.inlineNumbers, of: record), numbers != 0,
            let data = field(counts + 1 + UInt64(valueTables) + Field.inlineCalls, of: record),
            data != .max, let base = module.value(make: { GoModule(of: self) })?.functionData,
            let calls = image.fileOffset(of: Address(base.rawValue &+ UInt64(data)))
        else { return nil }
        // Go 1.20 left out the parent, the file and the line, which the tables of values tell.
        return layout.version == .go120
            ? InlineTree(
                numbers: numbers, calls: calls.rawValue, namePlace: 4, callerPlace: 8, size: 16)
            : InlineTree(
                numbers: numbers, calls: calls.rawValue, namePlace: 12, callerPlace: 16, size: 20)
    }
}
