internal import Bytes

/// The expressions that compilers, linkers and assembly programmers write, by their forms.
enum CallFrameExpression: Equatable {
    /// A register plus an offset.
    case register(UInt8, offset: Int64)
    /// The 8 bytes at a register plus an offset, plus another offset.
    case dereferenced(UInt8, offset: Int64, added: Int64)
    /// `rsp` plus an offset, and 8 more where the low four bits of `rip` are at or past the
    /// threshold: what linkers write for the stubs of a procedure linkage table.
    case linkageTable(offset: Int64, threshold: UInt8)

    /// Recognizes an expression; nil if it has no known form.
    init?(parsing bytes: RawSpan) {
        guard var operations = try? ExpressionOperation.all(in: bytes)[...],
            case .register(let register, let offset)? = operations.popFirst()
        else { return nil }
        if operations.isEmpty {
            self = .register(register, offset: offset)
        } else if operations.first == .dereference {
            guard let added = Self.sum(operations.dropFirst()) else { return nil }
            self = .dereferenced(register, offset: offset, added: added)
        } else if let added = Self.sum(operations) {
            self = .register(register, offset: offset &+ added)
        } else if register == 7, let threshold = Self.threshold(operations) {
            self = .linkageTable(offset: offset, threshold: threshold)
        } else {
            return nil
        }
    }

    /// What operations add to the value before them; nil if they do anything else.
    private static func sum(_ operations: ArraySlice<ExpressionOperation>) -> Int64? {
        guard let first = operations.first else { return 0 }
        switch first {
        case .addConstant(let number) where operations.count == 1: return number
        case .constant(let number) where Array(operations.dropFirst()) == [.add]: return number
        default: return nil
        }
    }

    /// The threshold of `rip & 15 >= threshold ? 8 : 0` added to the value before; nil if the
    /// operations do anything else.
    private static func threshold(_ operations: ArraySlice<ExpressionOperation>) -> UInt8? {
        guard case .constant(let number) = operations.dropFirst(3).first,
            let threshold = UInt8(exactly: number), threshold < 16
        else { return nil }
        let known: [ExpressionOperation] = [
            .register(16, offset: 0), .constant(15), .and, .constant(number), .isAtLeast,
            .constant(3), .shiftLeft, .add,
        ]
        return Array(operations) == known ? threshold : nil
    }
}
