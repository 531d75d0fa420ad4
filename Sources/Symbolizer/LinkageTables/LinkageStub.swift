internal import Bytes

/// The code of one stub of a procedure linkage table: it jumps to wherever its slot of the global
/// offset table points (System V psABI for x86-64, section 5.2).
struct LinkageStub {
    /// What tells the function the stub stands for.
    enum Target: Hashable {
        /// The slot it jumps through.
        case slot(UInt64)
        /// The number of the relocation that the dynamic linker is to process: the part of a
        /// stub that runs when it is called for the first time.
        case relocation(UInt32)
    }

    /// What tells the function.
    var target: Target
    /// How many bytes a stub of this form has at most.
    var longestSize: UInt64

    /// Stubs start at multiples of it.
    static let alignment: UInt64 = 8

    private static let landingPad: [UInt8] = [0xf3, 0x0f, 0x1e, 0xfa]  // endbr64

    /// Decodes the instructions at an offset of code, which are at an address of the image; nil if
    /// they are no stub's.
    ///
    ///     stub = [endbr64] ([bnd] jmp *slot(%rip) | push $number; [bnd] jmp … |
    ///            mov slot(%rip), %r11)
    ///
    /// The last form is lld's for processors that mispredict indirect jumps (retpolines).
    init?(at offset: UInt64, of code: RawSpan, address: UInt64) {
        var cursor = ByteCursor(code)
        guard (try? cursor.seek(to: offset)) != nil else { return nil }
        if code.hasBytes(Self.landingPad.span.bytes, at: cursor.position) {
            guard (try? cursor.skip(4)) != nil else { return nil }
        }
        if code.byte(at: cursor.position) == 0xf2, (try? cursor.skip(1)) == nil { return nil }
        guard let first = try? cursor.readUInt8() else { return nil }
        switch first {
        case 0xff:
            guard (try? cursor.readUInt8()) == 0x25 else { return nil }
            longestSize = 16
        case 0x4c:
            guard (try? cursor.readUInt8()) == 0x8b, (try? cursor.readUInt8()) == 0x1d else {
                return nil
            }
            longestSize = 32
        case 0x68:
            guard let number = try? cursor.readUInt32() else { return nil }
            let next = code.byte(at: cursor.position)
            guard next == 0xe9 || next == 0xf2 && code.byte(at: cursor.position + 1) == 0xe9 else {
                return nil
            }
            target = .relocation(number)
            longestSize = 16
            return
        default:
            return nil
        }
        guard let word = try? cursor.readUInt32() else { return nil }
        let end = address &+ UInt64(cursor.position) &- offset
        target = .slot(end &+ UInt64(bitPattern: Int64(Int32(bitPattern: word))))
    }
}
