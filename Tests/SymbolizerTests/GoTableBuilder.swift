import Testing

@testable import Symbolizer

/// Writes tables of functions in the layouts of Go releases that no machine has any more, by the
/// runtime's `symtab.go` of these releases, into images without section headers.
struct GoTableBuilder: CustomTestStringConvertible, Sendable {
    var version: GoTableLayout.Version
    var isBig = false
    /// Whether the loader is to add addresses, as in programs an external linker made movable.
    var isRelocated = false

    static let text: UInt64 = 0x1000
    private static let tableAddress: UInt64 = 0x2000
    static let cases = [
        GoTableBuilder(version: .go12), GoTableBuilder(version: .go116),
        GoTableBuilder(version: .go118), GoTableBuilder(version: .go120),
        GoTableBuilder(version: .go12, isBig: true), GoTableBuilder(version: .go120, isBig: true),
        GoTableBuilder(version: .go12, isRelocated: true),
        GoTableBuilder(version: .go116, isRelocated: true),
        GoTableBuilder(version: .go118, isRelocated: true),
    ]

    var testDescription: String {
        "\(version)\(isBig ? ", big-endian" : "")\(isRelocated ? ", relocated" : "")"
    }

    /// Whether it tells that `main.tiny` was inlined into `main.b`, at 4 to 11 bytes of it.
    var hasInlined: Bool { version == .go118 || version == .go120 }

    private struct Sample {
        var name: String
        var distance: UInt64
        /// Of the tables of values: (value, bytes of code).
        var files: [(Int, Int)]
        var lines: [(Int, Int)]
    }

    private static let samples = [
        Sample(name: "main.a", distance: 0, files: [(0, 8), (1, 8)], lines: [(10, 8), (12, 8)]),
        Sample(name: "main.b", distance: 16, files: [(1, 16)], lines: [(30, 16)]),
        Sample(name: "main.c", distance: 32, files: [(0, 16)], lines: [(5, 16)]),
    ]
    private static let textSize: UInt64 = 48
    private static let fileNames = ["one.go", "two.go"]

    private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: isBig ? value.bigEndian : value.littleEndian) { Array($0) }
    }

    private static func variable(_ value: UInt64) -> [UInt8] {
        var (rest, bytes) = (value, [UInt8]())
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func values(_ pairs: [(Int, Int)], quantum: Int) -> [UInt8] {
        var (bytes, last) = ([UInt8](), -1)
        for (value, size) in pairs {
            let difference = value - last
            bytes += variable(UInt64(difference >= 0 ? difference << 1 : (-difference << 1) - 1))
            bytes += variable(UInt64(size / quantum))
            last = value
        }
        return bytes + [0]
    }

    /// The strings, each with the zero that ends it, and where each starts.
    private static func strings(_ names: [String]) -> (bytes: [UInt8], starts: [Int]) {
        var (bytes, starts) = ([UInt8](), [Int]())
        for name in names {
            starts.append(bytes.count)
            bytes += Array(name.utf8) + [0]
        }
        return (bytes, starts)
    }

    private var quantum: Int { isBig ? 4 : 1 }

    /// The table, and at which of its offsets the loader writes which addresses.
    func table() -> (bytes: [UInt8], relocations: [(offset: Int, address: UInt64)]) {
        version == .go12 ? oldTable() : newTable()
    }

    private var start: [UInt8] {
        bytes(version.rawValue) + [0, 0, UInt8(quantum), 8] + bytes(UInt64(Self.samples.count))
    }

    private func newTable() -> (bytes: [UInt8], relocations: [(offset: Int, address: UInt64)]) {
        let hasOffsets = hasInlined
        let names = Self.strings(Self.samples.map(\.name) + ["main.tiny"])
        let files = Self.strings(Self.fileNames)
        // Two units, of which the second is the functions'.
        let units = bytes(UInt32.max) + files.starts.flatMap { bytes(UInt32($0)) }
        var valueTable: [UInt8] = [0]
        var records: [[UInt8]] = []
        let entrySize = hasOffsets ? 4 : 8
        for (sample, name) in zip(Self.samples, names.starts) {
            let filesAt = valueTable.count
            valueTable += Self.values(sample.files, quantum: quantum)
            let linesAt = valueTable.count
            valueTable += Self.values(sample.lines, quantum: quantum)
            var record =
                hasOffsets
                ? bytes(UInt32(sample.distance))
                : bytes(isRelocated ? 0 : Self.text + sample.distance)
            let calls = sample.name == "main.b" ? [(-1, 4), (0, 8), (-1, 4)] : [(-1, 16)]
            let callsAt = valueTable.count
            valueTable += Self.values(calls, quantum: quantum)
            for field in [name, 0, 0, 0, filesAt, linesAt, 3, 1] { record += bytes(UInt32(field)) }
            record += (version == .go120 ? bytes(UInt32(1)) : []) + [0, 0, 0, 4]
            for field in [0, 0, callsAt, -1, -1, -1, 0] {
                record += bytes(UInt32(truncatingIfNeeded: field))
            }
            records.append(record)
        }
        var relocations: [(offset: Int, address: UInt64)] = []
        let headerSize = 8 + 8 * (hasOffsets ? 8 : 7)
        let parts = [names.bytes, units, files.bytes, valueTable]
        var offsets: [Int] = []
        var end = headerSize
        for part in parts {
            offsets.append(end)
            end += (part.count + 7) / 8 * 8
        }
        offsets.append(end)
        var table = start + bytes(UInt64(Self.fileNames.count))
        if hasOffsets {
            if isRelocated { relocations.append((table.count, Self.text)) }
            table += bytes(isRelocated ? UInt64(0) : Self.text)
        }
        for offset in offsets { table += bytes(UInt64(offset)) }
        for part in parts {
            table += part
            while table.count % 8 != 0 { table.append(0) }
        }
        let count = Self.samples.count
        var next = count * entrySize * 2 + entrySize
        let distances = Self.samples.map(\.distance) + [Self.textSize]
        for (index, distance) in distances.enumerated() {
            if hasOffsets {
                table += bytes(UInt32(distance))
            } else {
                if isRelocated { relocations.append((table.count, Self.text + distance)) }
                table += bytes(isRelocated ? 0 : Self.text + distance)
            }
            guard index < count else { break }
            table += hasOffsets ? bytes(UInt32(next)) : bytes(UInt64(next))
            next += records[index].count
        }
        table += records.flatMap { $0 }
        if hasInlined { appendModule(to: &table, &relocations, inlined: names.starts[count]) }
        return (table, relocations)
    }

    /// Appends an inlined call and what the runtime knows about the program.
    private func appendModule(
        to table: inout [UInt8], _ relocations: inout [(offset: Int, address: UInt64)],
        inlined name: Int
    ) {
        while table.count % 8 != 0 { table.append(0) }
        let call = Self.tableAddress + UInt64(table.count)
        // The parent, the file and the line of Go 1.18 are told by other tables too.
        table += [UInt8](repeating: 0, count: version == .go120 ? 4 : 12)
        table += bytes(UInt32(name)) + bytes(UInt32(2)) + bytes(UInt32(0))
        while table.count % 8 != 0 { table.append(0) }
        let words = [
            0: Self.tableAddress, 20: Self.text, 22: Self.text, version == .go120 ? 40 : 38: call,
        ]
        for number in 0..<41 {
            if isRelocated, let word = words[number] { relocations.append((table.count, word)) }
            table += bytes(isRelocated ? 0 : words[number] ?? 0)
        }
    }

    private func oldTable() -> (bytes: [UInt8], relocations: [(offset: Int, address: UInt64)]) {
        let count = Self.samples.count
        let names = Self.strings(Self.samples.map(\.name) + Self.fileNames)
        let functionsEnd = start.count + count * 16 + 8 + 4
        let namesAt = functionsEnd
        let filesAt = namesAt + names.bytes.count
        let files =
            bytes(UInt32(3))
            + names.starts[count...].flatMap { bytes(UInt32(namesAt + $0)) }
        // File numbers count from 1 here: the count takes the place of number 0.
        var body = names.bytes + files
        var table = start
        var relocations: [(offset: Int, address: UInt64)] = []
        for (index, sample) in Self.samples.enumerated() {
            let values = functionsEnd + body.count
            let one = sample.files.map { ($0.0 + 1, $0.1) }
            body += Self.values(one, quantum: quantum)
            let lines = functionsEnd + body.count
            body += Self.values(sample.lines, quantum: quantum)
            if isRelocated { relocations.append((table.count, Self.text + sample.distance)) }
            table += bytes(isRelocated ? 0 : Self.text + sample.distance)
            table += bytes(UInt64(functionsEnd + body.count))
            body += bytes(isRelocated ? 0 : Self.text + sample.distance)
            for field in [namesAt + names.starts[index], 0, 0, 0, values, lines, 0, 0] {
                body += bytes(UInt32(field))
            }
        }
        if isRelocated { relocations.append((table.count, Self.text + Self.textSize)) }
        table += bytes(isRelocated ? 0 : Self.text + Self.textSize)
        return (table + bytes(UInt32(filesAt)) + body, relocations)
    }

    /// An image with nothing but code, the table, and what the loader needs for it.
    func image() -> [UInt8] {
        let (table, relocations) = table()
        let tableAddress = Self.tableAddress
        var data = table
        while data.count % 8 != 0 { data.append(0) }
        let relocationsAt = data.count
        for (offset, address) in relocations {
            data += bytes(tableAddress + UInt64(offset)) + bytes(UInt64(8)) + bytes(address)
        }
        let dynamicAt = data.count
        for (tag, value) in [
            (7, tableAddress + UInt64(relocationsAt)), (8, UInt64(relocations.count * 24)), (0, 0),
        ] as [(UInt64, UInt64)] { data += bytes(tag) + bytes(value) }
        let dynamicSize = data.count - dynamicAt

        let headerSize = 64 + 3 * 56
        let textOffset = (headerSize + 15) / 16 * 16
        let dataOffset = textOffset + Int(Self.textSize)
        var image: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, isBig ? 2 : 1, 1, 0]
        image += [UInt8](repeating: 0, count: 8)
        image += bytes(UInt16(3)) + bytes(UInt16(62)) + bytes(UInt32(1)) + bytes(UInt64(0))
        image += bytes(UInt64(64)) + bytes(UInt64(0)) + bytes(UInt32(0)) + bytes(UInt16(64))
        image += bytes(UInt16(56)) + bytes(UInt16(3)) + bytes(UInt16(64)) + bytes(UInt16(0))
        image += bytes(UInt16(0))
        image += segment(1, 5, textOffset, Self.text, Int(Self.textSize))
        image += segment(1, 6, dataOffset, tableAddress, data.count)
        image += segment(
            2, 6, dataOffset + dynamicAt, tableAddress + UInt64(dynamicAt), dynamicSize)
        while image.count < textOffset { image.append(0) }
        image += [UInt8](repeating: 0x90, count: Int(Self.textSize))
        return image + data
    }

    private func segment(
        _ kind: UInt32, _ flags: UInt32, _ offset: Int, _ address: UInt64, _ size: Int
    ) -> [UInt8] {
        bytes(kind) + bytes(flags) + bytes(UInt64(offset)) + bytes(address) + bytes(address)
            + bytes(UInt64(size)) + bytes(UInt64(size)) + bytes(UInt64(8))
    }
}
