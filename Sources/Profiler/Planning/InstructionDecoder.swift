internal import CCapstone

/// Machine code to instructions, through Capstone. The corresponding C type is `csh`.
struct InstructionDecoder: ~Copyable {
    private let handle: csh

    /// Opens the decoder for the machine uprof runs on.
    ///
    /// - Throws: `ExitSites.Failure.unsupportedMachine` where there is none.
    init() throws(ExitSites.Failure) {
        #if arch(x86_64)
            var handle: csh = 0
            guard cs_open(CS_ARCH_X86, CS_MODE_64, &handle) == CS_ERR_OK else {
                throw .unsupportedMachine
            }
            self.handle = handle
            cs_option(handle, CS_OPT_DETAIL, Int(CS_OPT_ON.rawValue))
        #else
            throw .unsupportedMachine
        #endif
    }

    deinit {
        var handle = handle
        cs_close(&handle)
    }

    /// Decodes one instruction after the other until the end, until one is not known, or until
    /// `body` returns false.
    ///
    /// - Returns: How many bytes were decoded.
    func forEach(in code: RawSpan, address: UInt64, _ body: (Instruction) -> Bool) -> Int {
        guard let storage = cs_malloc(handle) else { return 0 }
        defer { cs_free(storage, 1) }
        return code.withUnsafeBytes { bytes in
            var next = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            var remaining = bytes.count
            var nextAddress = address
            while remaining > 0,
                cs_disasm_iter(handle, &next, &remaining, &nextAddress, storage)
            {
                if !body(instruction(storage.pointee)) { break }
            }
            return bytes.count - remaining
        }
    }

    private func instruction(_ decoded: cs_insn) -> Instruction {
        let x86 = decoded.detail.pointee.x86
        let operand = x86.op_count > 0 ? x86.operands.0 : nil
        let second = x86.op_count > 1 ? x86.operands.1 : nil
        let isRegister = operand?.type == X86_OP_REG
        return Instruction(
            address: decoded.address,
            size: Int(decoded.size),
            flow: flow(of: decoded, target: operand),
            writtenRegister: isRegister ? operand.map { $0.reg.rawValue } : nil,
            computesTableEntry: second.map { second in
                (second.type == X86_OP_MEM && second.mem.index.rawValue != 0)
                    || (decoded.id == X86_INS_ADD.rawValue && second.type == X86_OP_REG)
            } ?? false)
    }

    private func flow(of decoded: cs_insn, target: cs_x86_op?) -> Instruction.Flow {
        var decoded = decoded
        // A `notrack` prefix: the target has no endbr64, as only a table's do.
        let isNotTracked = decoded.bytes.0 == 0x3e
        if cs_insn_group(handle, &decoded, CS_GRP_RET.rawValue) { return .return }
        if cs_insn_group(handle, &decoded, CS_GRP_CALL.rawValue) { return .call }
        if Self.traps.contains(decoded.id) { return .trap }
        guard cs_insn_group(handle, &decoded, CS_GRP_JUMP.rawValue), let target else {
            return .other
        }
        let isUnconditional = decoded.id == X86_INS_JMP.rawValue
        switch target.type {
        case X86_OP_IMM:
            let address = UInt64(bitPattern: target.imm)
            return isUnconditional
                ? .jump(target: address)
                : .conditionalJump(target: address, condition: Self.condition(of: decoded))
        case X86_OP_REG:
            return .indirectJump(isNotTracked ? .table : .register(target.reg.rawValue))
        default:
            let isIndexed = target.mem.index.rawValue != 0
            return .indirectJump(isIndexed || isNotTracked ? .table : .memory)
        }
    }

    private static let traps: Set<UInt32> = [
        X86_INS_UD2.rawValue, X86_INS_HLT.rawValue, X86_INS_INT3.rawValue,
    ]

    /// The low half of the opcode's last byte (Intel SDM, volume 2, appendix B.1.4.7); `jrcxz` and
    /// `loop` have none.
    private static func condition(of decoded: cs_insn) -> UInt8? {
        let opcode = decoded.detail.pointee.x86.opcode
        if opcode.0 & 0xf0 == 0x70 { return opcode.0 & 0xf }
        return opcode.0 == 0x0f && opcode.1 & 0xf0 == 0x80 ? opcode.1 & 0xf : nil
    }
}
