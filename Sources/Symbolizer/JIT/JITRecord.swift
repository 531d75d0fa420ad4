internal import Bytes

/// A record of a `jit-PID.dump`.
struct JITRecord {
    /// What it tells.
    enum Body {
        /// New code (`JIT_CODE_LOAD`).
        case load(name: String, number: UInt64, address: UInt64, size: UInt64)
        /// Code that is elsewhere now (`JIT_CODE_MOVE`).
        case move(number: UInt64, from: UInt64, to: UInt64, size: UInt64)
        /// The lines of the code that comes next (`JIT_CODE_DEBUG_INFO`).
        case lines(address: UInt64, [JITFunction.Line])
        /// How the frames of the code that comes next are left (`JIT_CODE_UNWINDING_INFO`).
        case unwinding(JITFunction.Unwinding)
        /// Nothing of interest.
        case other
        /// Its fields do not fit it.
        case malformed
    }

    /// When it was written, by the generator's clock.
    let time: UInt64
    let body: Body

    private enum Kind {
        static let load: UInt32 = 0
        static let move: UInt32 = 1
        static let lines: UInt32 = 2
        static let unwinding: UInt32 = 4
    }

    /// The size of what all records begin with.
    private static let prefixSize: UInt64 = 16

    /// Reads the next record; nil, and the cursor where it was, if it is not complete.
    init?(parsing cursor: inout ByteCursor) {
        var scout = cursor
        guard let kind = try? scout.readUInt32(), let size = try? scout.readUInt32(),
            let time = try? scout.readUInt64(), UInt64(size) >= Self.prefixSize,
            let bytes = try? scout.readBytes(UInt64(size) - Self.prefixSize)
        else { return nil }
        var fields = ByteCursor(bytes, byteOrder: cursor.byteOrder)
        cursor = scout
        self.time = time
        do {
            body =
                switch kind {
                case Kind.load: try Self.load(&fields)
                case Kind.move: try Self.move(&fields)
                case Kind.lines: try Self.lines(&fields)
                case Kind.unwinding: try Self.unwinding(&fields)
                default: .other
                }
        } catch {
            body = .malformed
        }
    }

    private static func load(_ fields: inout ByteCursor) throws(ByteError) -> Body {
        try fields.skip(16)  // pid, tid, vma
        let address = try fields.readUInt64()
        let size = try fields.readUInt64()
        let number = try fields.readUInt64()
        let name = try fields.readCString().text
        return .load(name: name, number: number, address: address, size: size)
    }

    private static func move(_ fields: inout ByteCursor) throws(ByteError) -> Body {
        try fields.skip(16)  // pid, tid, vma
        let old = try fields.readUInt64()
        let new = try fields.readUInt64()
        let size = try fields.readUInt64()
        return .move(number: try fields.readUInt64(), from: old, to: new, size: size)
    }

    private static func lines(_ fields: inout ByteCursor) throws(ByteError) -> Body {
        let address = try fields.readUInt64()
        let count = try fields.readUInt64()
        // An entry has 17 bytes or more.
        guard count <= UInt64(fields.remaining) / 17 else { return .malformed }
        var lines: [JITFunction.Line] = []
        var file = ""
        for _ in 0..<count {
            let place = try fields.readUInt64()
            let line = try fields.readUInt32()
            try fields.skip(4)  // column or discriminator
            let name = try fields.readCString()
            // The file of the entry before is not repeated.
            if !(name.byteCount == 1 && name.byte(at: 0) == 0xff) { file = name.text }
            lines.append(JITFunction.Line(address: Address(place), file: file, line: line))
        }
        return .lines(address: address, lines.sorted { $0.address < $1.address })
    }

    private static func unwinding(_ fields: inout ByteCursor) throws(ByteError) -> Body {
        let size = try fields.readUInt64()
        let indexSize = try fields.readUInt64()
        try fields.skip(8)  // how much of it is mapped
        guard indexSize <= size else { return .malformed }
        let bytes = try fields.readBytes(size)
        return .unwinding(JITFunction.Unwinding(bytes: bytes.array, indexSize: indexSize))
    }
}
