internal import Bytes

/// What a JIT compiler wrote to `jit-PID.dump` (tools/perf/Documentation/jitdump-specification.txt
/// of the kernel's sources): each function as it was compiled, moved, or compiled again.
///
/// Of functions that overlap, the one with the later time stamp counts. Records of unknown types
/// are skipped. Memory is in proportion to the names and lines, not to the code, of at most
/// ``mostFunctions`` functions.
package struct JITDump: Sendable {
    /// Functions that are kept; more are counted as skipped.
    package static let mostFunctions = 4 << 20

    /// Records that do not make sense, or too many.
    package private(set) var skippedRecords = 0

    let byteOrder: ByteOrder
    let headerSize: UInt64
    private var functions: [Stamped] = []
    /// The last function of each number, and at each address.
    private var byNumber: [UInt64: Int] = [:]
    private var byAddress: [UInt64: Int] = [:]
    private var pending = Pending()
    private var ranges = LayeredRanges<JITFunction>()

    private struct Stamped {
        var time: UInt64
        var function: JITFunction
    }

    /// What is told of a function before the function itself.
    private struct Pending {
        var lines: [UInt64: [JITFunction.Line]] = [:]
        var unwinding: JITFunction.Unwinding?
    }

    /// Reads the header of a file, nil if it is not one of this kind (version 1).
    package init?(header: [UInt8]) {
        guard let order = Self.byteOrder(ofMagic: header) else { return nil }
        byteOrder = order
        var cursor = ByteCursor(header.span.bytes, byteOrder: order)
        guard (try? cursor.skip(4)) != nil, let version = try? cursor.readUInt32(), version == 1,
            let size = try? cursor.readUInt32(), size >= Self.smallestHeader
        else { return nil }
        headerSize = UInt64(size)
    }

    /// Reads all bytes of a file, nil if it is not one of this kind.
    package init?(parsing bytes: [UInt8]) {
        self.init(header: Array(bytes.prefix(Self.smallestHeader)))
        append(Array(bytes.dropFirst(Int(headerSize))))
    }

    /// The size of `struct jitheader`, version 1.
    static let smallestHeader = 40

    /// `JiTD`, in the order of the bytes of the machine.
    private static func byteOrder(ofMagic bytes: [UInt8]) -> ByteOrder? {
        if bytes.starts(with: [0x44, 0x54, 0x69, 0x4a]) { return .little }
        return bytes.starts(with: [0x4a, 0x69, 0x54, 0x44]) ? .big : nil
    }

    /// How many functions there are.
    package var count: Int { functions.count }

    /// The function an address is in.
    package func lookup(_ address: Address) -> JITFunction? {
        ranges.lookup(address.rawValue)?.value
    }

    /// Reads records that were added to the file, as many as are complete.
    ///
    /// - Returns: How many bytes that are; the rest is to be given again, with more.
    @discardableResult
    package mutating func append(_ bytes: [UInt8]) -> Int {
        var cursor = ByteCursor(bytes.span.bytes, byteOrder: byteOrder)
        var consumed = 0
        while let record = JITRecord(parsing: &cursor) {
            consumed = cursor.position
            guard functions.count < Self.mostFunctions else {
                skippedRecords += 1
                continue
            }
            take(record)
        }
        arrange()
        return consumed
    }

    private mutating func take(_ record: JITRecord) {
        switch record.body {
        case .load(let name, let number, let address, let size):
            let function = JITFunction(
                name: name, address: Address(address), size: size,
                lines: pending.lines.removeValue(forKey: address) ?? [],
                unwinding: pending.unwinding)
            pending = Pending()
            keep(function, number: number, time: record.time)
        case .move(let number, let old, let new, let size):
            move(number, from: old, to: new, size: size, time: record.time)
        case .lines(let address, let lines):
            pending.lines[address] = lines
        case .unwinding(let unwinding):
            pending.unwinding = unwinding
        case .other: break
        case .malformed: skippedRecords += 1
        }
    }

    private mutating func move(
        _ number: UInt64, from old: UInt64, to new: UInt64, size: UInt64, time: UInt64
    ) {
        // Numbers are unique by the specification; not all generators keep to it.
        let numbered = byNumber[number].map { functions[$0].function }
        let placed = byAddress[old].map { functions[$0].function }
        guard let function = numbered?.address == Address(old) ? numbered : placed else {
            skippedRecords += 1
            return
        }
        let distance = new &- old
        let lines = function.lines.map {
            JITFunction.Line(
                address: Address($0.address.rawValue &+ distance), file: $0.file, line: $0.line)
        }
        let copy = JITFunction(
            name: function.name, address: Address(new), size: size, lines: lines,
            unwinding: function.unwinding)
        keep(copy, number: number, time: time)
    }

    private mutating func keep(_ function: JITFunction, number: UInt64, time: UInt64) {
        byNumber[number] = functions.count
        byAddress[function.address.rawValue] = functions.count
        functions.append(Stamped(time: time, function: function))
    }

    private mutating func arrange() {
        ranges.removeAll()
        let byTime = functions.indices.sorted {
            (functions[$0].time, $0) < (functions[$1].time, $1)
        }
        for index in byTime {
            let function = functions[index].function
            ranges.append(
                start: function.address.rawValue, size: function.size, value: function)
        }
        ranges.sort()
    }
}
