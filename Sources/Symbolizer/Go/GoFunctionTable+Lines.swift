internal import Bytes

extension GoFunctionTable {
    /// A line of a source file.
    package struct Line: Hashable, Sendable {
        /// The file, as the compiler calls it.
        package let file: String
        /// The line, counted from 1.
        package let line: UInt32
    }

    /// The numbers of the fields of `runtime._func` behind the address.
    private enum Field {
        static let files: UInt64 = 4
        static let lines: UInt64 = 5
        static let unit: UInt64 = 7
    }

    /// The line of the source an address of the image is from.
    package func line(at address: Address) -> Line? {
        guard let index = index(of: address), let start = entryPoint(of: UInt64(index)),
            let record = record(of: index)
        else { return nil }
        return line(at: address.rawValue &- start, of: record)
    }

    /// The line at a distance from the start of a function.
    func line(at distance: UInt64, of record: UInt64) -> Line? {
        guard let files = field(Field.files, of: record),
            let lines = field(Field.lines, of: record),
            let file = value(of: files, at: distance),
            let line = value(of: lines, at: distance), line > 0,
            let name = fileName(file, of: record)
        else { return nil }
        return Line(file: name, line: UInt32(line))
    }

    /// The value a table of values by program counter has at a distance from the function's start.
    ///
    /// The table is pairs of differences, of the value and of the counter, and ends with a zero
    /// (the runtime's `step`).
    func value(of values: UInt32, at distance: UInt64) -> Int32? {
        // Zero is "no table": the place of an empty one.
        var cursor = ByteCursor(table.bytes, byteOrder: image.byteOrder)
        guard values != 0, (try? cursor.seek(to: layout.values &+ UInt64(values))) != nil else {
            return nil
        }
        var value: Int32 = -1
        var reached: UInt64 = 0
        var isFirst = true
        while let coded = try? cursor.readULEB128(), coded != 0 || isFirst,
            let step = try? cursor.readULEB128()
        {
            let word = UInt32(truncatingIfNeeded: coded)
            value &+= Int32(bitPattern: word >> 1) ^ -Int32(bitPattern: word & 1)
            let (size, overflow) = step.multipliedReportingOverflow(by: layout.quantum)
            let (next, isPast) = reached.addingReportingOverflow(size)
            if overflow || isPast || distance < next { return value }
            reached = next
            isFirst = false
        }
        return nil
    }

    private func fileName(_ number: Int32, of record: UInt64) -> String? {
        guard number >= 0 else { return nil }
        guard layout.version == .go12 else {
            guard let unit = field(Field.unit, of: record) else { return nil }
            let place = layout.units &+ (UInt64(unit) + UInt64(number)) &* 4
            guard let offset = integer(at: place, size: 4), offset != UInt64(UInt32.max) else {
                return nil
            }
            return text(at: layout.files &+ offset)
        }
        // Behind the entry that ends the table of functions: where the table of files is.
        let place = layout.functions &+ layout.functionCount &* layout.entrySize &+ 8
        guard let files = integer(at: place, size: 4),
            let offset = integer(at: files &+ UInt64(number) &* 4, size: 4)
        else { return nil }
        return text(at: offset)
    }
}
