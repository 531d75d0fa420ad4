internal import Bytes

/// Reads JSON (RFC 8259) from the first byte to the last, without a tree of it in memory.
///
/// Each method reads a value of its kind, which must be next.
struct JSONReader: ~Escapable {
    /// What is wrong, and where.
    struct Failure: Error, CustomStringConvertible {
        let what: String
        let offset: Int

        var description: String { "\(what) at offset \(offset)" }
    }

    private let bytes: Span<UInt8>
    private var position = 0
    private var depth = 0
    private static let deepest = 256

    /// Reads a text from its start.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) {
        self.bytes = bytes.elements
    }

    /// Reads an object; the closure reads, or skips, the value of each member.
    mutating func object(_ member: (inout JSONReader, String) throws -> Void) throws {
        try nest("{", "}") { reader in
            let key = try reader.string()
            try reader.expect(":")
            try member(&reader, key)
        }
    }

    /// Reads an array; the closure reads, or skips, each element.
    mutating func array(_ element: (inout JSONReader) throws -> Void) throws {
        try nest("[", "]", element)
    }

    /// Reads a string.
    mutating func string() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        var start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            text += bytes.extracting(start..<position).array
            text += try escape()
            start = position
        }
        text += bytes.extracting(start..<position).array
        try expect("\"")
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads a number, as it is written.
    mutating func number() throws -> String {
        skipSpace()
        let start = position
        position = bytes.skip({ Self.isNumeric($0) }, from: position)
        guard position > start else { throw failure("no number") }
        return bytes.extracting(start..<position).bytes.text
    }

    /// Reads a whole number that is not negative.
    mutating func unsigned() throws -> UInt64 {
        let text = try number()
        if let value = UInt64(text) { return value }
        guard let value = Double(text), let whole = UInt64(exactly: value) else {
            throw failure("no whole number")
        }
        return whole
    }

    /// Reads a whole number.
    mutating func signed() throws -> Int64 {
        let text = try number()
        guard let value = Int64(text) else { throw failure("no whole number") }
        return value
    }

    /// Reads an index into a table.
    mutating func index() throws -> Int {
        guard let value = Int(exactly: try unsigned()) else { throw failure("no index") }
        return value
    }

    /// Reads a value of any kind, and forgets it.
    mutating func skip() throws {
        skipSpace()
        switch position < bytes.count ? bytes[position] : 0 {
        case UInt8(ascii: "{"): try object { reader, _ in try reader.skip() }
        case UInt8(ascii: "["): try array { try $0.skip() }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        default: _ = try number()
        }
    }

    /// Whether `null` is next, which is then read.
    mutating func isNull() -> Bool {
        skipSpace()
        guard bytes.hasText("null", at: position) else { return false }
        position += 4
        return true
    }

    /// Makes sure that nothing is behind.
    mutating func end() throws {
        skipSpace()
        if position < bytes.count { throw failure("more than one value") }
    }

    /// An error about what is next.
    func failure(_ what: String) -> Failure { Failure(what: what, offset: position) }

    private mutating func nest(
        _ open: StaticString, _ close: StaticString, _ element: (inout JSONReader) throws -> Void
    ) throws {
        try expect(open)
        guard depth < Self.deepest else { throw failure("too deep") }
        depth += 1
        defer { depth -= 1 }
        skipSpace()
        var isFirst = true
        while !bytes.hasText(close, at: position) {
            if !isFirst { try expect(",") }
            isFirst = false
            try element(&self)
            skipSpace()
        }
        try expect(close)
    }

    private mutating func escape() throws -> [UInt8] {
        position += 1
        guard position < bytes.count else { throw failure("a string without an end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return Array(try unicodeEscape().utf8)
        default: throw failure("an escape that JSON does not know")
        }
    }

    /// Four hexadecimal digits, and four more for the second half of a pair.
    private mutating func unicodeEscape() throws -> String {
        var units = [try hexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes.hasText("\\u", at: position) {
            position += 2
            units.append(try hexadecimal())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func hexadecimal() throws -> UInt16 {
        guard bytes.count - position >= 4,
            let unit = UInt16(bytes.extracting(position..<(position + 4)).bytes.text, radix: 16)
        else { throw failure("no four hexadecimal digits") }
        position += 4
        return unit
    }

    private mutating func expect(_ text: StaticString) throws {
        if text.utf8CodeUnitCount == 1 || !bytes.hasText(text, at: position) { skipSpace() }
        guard bytes.hasText(text, at: position) else { throw failure("no \(text)") }
        position += text.utf8CodeUnitCount
    }

    private mutating func skipSpace() {
        position = bytes.skip(ASCII.isSpace, from: position)
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || "+-.eE".utf8.contains(byte)
    }
}
