package import Bytes
package import Symbolizer
internal import SystemPackage

/// Type information: the types of a kernel, a kernel module or a program, in the BPF Type Format
/// (Documentation/bpf/btf.rst).
///
/// Opening it finds where each type starts; a type is decoded when it is asked for. A class, so
/// that split type information can share its base; immutable, so that threads can share both.
package final class BTF: @unchecked Sendable {
    // Safe to share because nothing of it changes after `init`.

    /// The file, as messages name it.
    package let name: String
    /// What split type information (of a kernel module) builds upon.
    package let base: BTF?
    /// The order of the bytes of its integers.
    package let byteOrder: ByteOrder

    /// Keeps what the buffer points into, and neither moves nor changes.
    private let section: SectionBytes
    private let buffer: UnsafeRawBufferPointer
    private let types: Range<Int>
    private let strings: Range<Int>
    /// Whether the bytes of integers are in the other order than this machine's.
    private let isSwapped: Bool
    /// Where each type of its own starts, from the start of the types.
    private let offsets: [UInt32]

    /// Reads type information that is in memory or mapped.
    ///
    /// - Throws: `BTFError` if it is damaged.
    package init(section: SectionBytes, name: String, base: BTF? = nil) throws(BTFError) {
        self.section = section
        self.name = name
        self.base = base
        buffer = section.bytes.withUnsafeBytes { $0 }
        do {
            let bytes = section.bytes
            let header = try BTFHeader(parsing: bytes)
            // Both ranges were found to be inside the bytes.
            let types = Int(header.types.lowerBound)..<Int(header.types.upperBound)
            let strings = Int(header.strings.lowerBound)..<Int(header.strings.upperBound)
            byteOrder = header.byteOrder
            isSwapped = (header.byteOrder == .little) != (1.littleEndian == 1)
            offsets = try Self.index(bytes.extracting(types), byteOrder: header.byteOrder)
            try Self.checkEnds(bytes.extracting(strings), isSplit: base != nil)
            self.types = types
            self.strings = strings
        } catch {
            throw BTFError(file: name, reason: error)
        }
    }

    /// How many types there are, those of the base and void among them: one more than the largest
    /// number of a type.
    package var typeCount: Int { firstOwn + offsets.count }

    /// The number of the first type that is not of the base.
    package var firstOwn: Int { base?.typeCount ?? 1 }

    /// How many bytes of strings there are, those of the base among them.
    var stringCount: Int { (base?.stringCount ?? 0) + strings.count }

    /// How many bytes it has.
    package var byteCount: Int { bytes.byteCount }

    /// Its bytes.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = RawSpan(_unsafeBytes: buffer)
            return _overrideLifetime(span, borrowing: self)
        }
    }

    /// A copy of its bytes.
    package var contents: [UInt8] { bytes.array }

    /// The type of a number.
    ///
    /// - Throws: `BTFError` if there is none.
    package func type(_ id: BTFTypeID) throws(BTFError) -> BTFType {
        let number = Int(id.rawValue)
        if number == 0 { return .void }
        if let base, number < base.typeCount { return try base.type(id) }
        let index = number - firstOwn
        guard index >= 0, index < offsets.count else { throw error(.noType(id)) }
        let offset = Int(offsets[index])
        let info = word(at: offset + 4)
        return BTFType(
            id: id, kind: Self.kind(info) ?? .void, nameOffset: word(at: offset),
            count: Int(info & 0xff_ffff), flag: info >> 31 != 0, sizeOrTarget: word(at: offset + 8),
            details: offset + 12)
    }

    /// The kind of a type by its number, read without the rest of it; void if there is none.
    func kind(ofNumber number: Int) -> BTFKind {
        if let base, number < base.typeCount { return base.kind(ofNumber: number) }
        let index = number - firstOwn
        guard index >= 0, index < offsets.count else { return .void }
        return Self.kind(word(at: Int(offsets[index]) + 4)) ?? .void
    }

    /// The kind of a type by the word that says so, nil if nobody knows it.
    static func kind(_ info: UInt32) -> BTFKind? {
        BTFKind(rawValue: UInt8(truncatingIfNeeded: info >> 24 & 0x7f))
    }

    /// A word of one of its own types, at an offset that the index has found to be inside.
    @inline(__always)
    func word(at offset: Int) -> UInt32 {
        let value = RawSpan(_unsafeBytes: buffer).unsafeLoadUnaligned(
            fromByteOffset: types.lowerBound + offset, as: UInt32.self)
        return isSwapped ? value.byteSwapped : value
    }

    /// The bytes of a string without the zero byte that ends it.
    ///
    /// - Throws: `BTFError` if the offset is past the strings.
    @_lifetime(borrow self)
    package func string(at offset: UInt32) throws(BTFError) -> RawSpan {
        let inBase = base?.stringCount ?? 0
        if let base, Int(offset) < inBase {
            // Safe because this object keeps its base.
            return _overrideLifetime(try base.string(at: offset), borrowing: self)
        }
        let own = bytes.extracting(strings)
        guard let string = own.cString(at: UInt64(Int(offset) - inBase)) else {
            throw error(.noString(offset: offset))
        }
        return string
    }

    /// The first two bytes of a string with the zero byte that ends it; nil where there are no two.
    func start(ofStringAt offset: UInt32) -> UInt16? {
        let inBase = base?.stringCount ?? 0
        if let base, Int(offset) < inBase { return base.start(ofStringAt: offset) }
        let place = Int(offset) - inBase
        guard place >= 0, strings.count - place >= 2 else { return nil }
        return UInt16(
            littleEndian: RawSpan(_unsafeBytes: buffer).unsafeLoadUnaligned(
                fromByteOffset: strings.lowerBound + place, as: UInt16.self))
    }

    /// The error for what was found in this file.
    func error(_ reason: BTFError.Reason) -> BTFError { BTFError(file: name, reason: reason) }

    private static func checkEnds(_ strings: RawSpan, isSplit: Bool) throws(BTFError.Reason) {
        guard strings.byteCount > 0 else {
            if isSplit { return }
            throw .invalidHeader(field: "length of strings", value: 0)
        }
        // So that every offset is that of a string that ends, and 0 is that of the empty one.
        guard strings.byte(at: strings.byteCount - 1) == 0, isSplit || strings.byte(at: 0) == 0
        else { throw .noString(offset: 0) }
    }
}
