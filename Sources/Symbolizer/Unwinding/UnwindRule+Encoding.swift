internal import Bytes

/// Rules as bytes, each as long as the other: what kind it is, and where each thing is, as a form, a
/// register and two numbers.
extension UnwindRule {
    /// How many bytes a rule takes.
    static let encodedSize = 1 + 4 * Place.encodedSize

    /// A form of finding something, with its numbers.
    fileprivate struct Place {
        static let encodedSize = 10

        var form: UInt8 = 0
        var register: UInt8 = 0
        var offset: Int32 = 0
        var added: Int32 = 0

        func encode(into bytes: inout [UInt8]) {
            bytes.append(form)
            bytes.append(register)
            bytes.append(bytesOf: offset)
            bytes.append(bytesOf: added)
        }
    }

    /// Adds the rule to bytes.
    func encode(into bytes: inout [UInt8]) {
        var places = [Place](repeating: Place(), count: 4)
        switch kind {
        case .frame(let cfa, let framePointer, let rbx, let returnAddress):
            bytes.append(0)
            places = [
                Place(cfa), Place(framePointer), Place(rbx), Place(returnAddress),
            ]
        case .signalFrame: bytes.append(1)
        case .endOfStack: bytes.append(2)
        case .noInformation: bytes.append(3)
        case .unsupported(let reason):
            bytes.append(4)
            places[0].form = reason.rawValue
        }
        for place in places { place.encode(into: &bytes) }
    }

    /// Decodes a rule.
    ///
    /// - Throws: `ByteError` if the bytes end within it; nil is for what is no rule.
    init?(parsing cursor: inout ByteCursor) throws(ByteError) {
        let kind = try cursor.readUInt8()
        let cfa = try Place(parsing: &cursor)
        let framePointer = try Place(parsing: &cursor)
        let rbx = try Place(parsing: &cursor)
        let returnAddress = try Place(parsing: &cursor)
        switch kind {
        case 0:
            guard let cfa = CFA(cfa), let framePointer = Saved(framePointer), let rbx = Saved(rbx),
                let returnAddress = ReturnAddress(returnAddress)
            else { return nil }
            self.init(
                .frame(cfa, framePointer: framePointer, rbx: rbx, returnAddress: returnAddress))
        case 1: self.init(.signalFrame)
        case 2: self.init(.endOfStack)
        case 3: self.init(.noInformation)
        case 4:
            guard let reason = UnsupportedUnwindRule(rawValue: cfa.form) else { return nil }
            self.init(.unsupported(reason))
        default: return nil
        }
    }
}

extension UnwindRule.Place {
    init(parsing cursor: inout ByteCursor) throws(ByteError) {
        form = try cursor.readUInt8()
        register = try cursor.readUInt8()
        offset = Int32(bitPattern: try cursor.readUInt32())
        added = Int32(bitPattern: try cursor.readUInt32())
    }

    init(_ cfa: UnwindRule.CFA) {
        switch cfa {
        case .register(let register, let offset):
            self.init(form: 0, register: register, offset: offset)
        case .dereferenced(let register, let offset, let added):
            self.init(form: 1, register: register, offset: offset, added: added)
        case .linkageTable(let offset, let threshold):
            self.init(form: 2, register: threshold, offset: offset)
        }
    }

    init(_ saved: UnwindRule.Saved) {
        switch saved {
        case .same: self.init(form: 0)
        case .atCFA(let offset): self.init(form: 1, offset: offset)
        case .atRegister(let register, let offset):
            self.init(form: 2, register: register, offset: offset)
        case .undefined: self.init(form: 3)
        }
    }

    init(_ returnAddress: UnwindRule.ReturnAddress) {
        switch returnAddress {
        case .atCFA(let offset): self.init(form: 0, offset: offset)
        case .register(let register): self.init(form: 1, register: register)
        }
    }
}

extension UnwindRule.CFA {
    fileprivate init?(_ place: UnwindRule.Place) {
        switch place.form {
        case 0 where place.register < 16: self = .register(place.register, offset: place.offset)
        case 1 where place.register < 16:
            self = .dereferenced(place.register, offset: place.offset, added: place.added)
        case 2: self = .linkageTable(offset: place.offset, threshold: place.register)
        default: return nil
        }
    }
}

extension UnwindRule.Saved {
    fileprivate init?(_ place: UnwindRule.Place) {
        switch place.form {
        case 0: self = .same
        case 1: self = .atCFA(offset: place.offset)
        case 2 where place.register < 16: self = .atRegister(place.register, offset: place.offset)
        case 3: self = .undefined
        default: return nil
        }
    }
}

extension UnwindRule.ReturnAddress {
    fileprivate init?(_ place: UnwindRule.Place) {
        switch place.form {
        case 0: self = .atCFA(offset: place.offset)
        case 1 where place.register < 16: self = .register(place.register)
        default: return nil
        }
    }
}
