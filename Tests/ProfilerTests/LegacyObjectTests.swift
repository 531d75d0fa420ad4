import Foundation
import TestSupport
import Testing

/// What old kernels would refuse is not in the objects for them.
@Suite struct LegacyObjectTests {
    /// The objects of the legacy family, and the examples, which are to run wherever those do.
    private static let names = [
        "attach-legacy", "record-legacy", "examples/execsnoop", "examples/opensnoop",
        "examples/funclatency",
    ]

    /// Include/uapi/linux/bpf.h of Linux 4.14: `__BPF_FUNC_MAPPER` ends there.
    private static let lastHelper: Int32 = 53
    /// BPF_MAXINSNS before Linux 5.2.
    private static let mostInstructions = 4096

    private static func object(_ name: String) throws -> CompiledPrograms {
        try CompiledPrograms(path: TestTarget.packageDirectory + "/bpf/build/\(name).bpf.o")
    }

    /// The operands of the two halves of a 64-bit load are no instructions.
    private static func instructions(
        _ program: [CompiledPrograms.Instruction]
    ) -> [CompiledPrograms.Instruction] {
        var isSecondHalf = false
        return program.filter { instruction in
            defer { isSecondHalf = !isSecondHalf && instruction.code == 0x18 }
            return !isSecondHalf
        }
    }

    @Test(arguments: names)
    func `no program is too long`(name: String) throws {
        let programs = try Self.object(name).programs
        try #require(!programs.isEmpty)
        for (program, instructions) in programs {
            #expect(instructions.count <= Self.mostInstructions, "\(program)")
            #expect(instructions.count > 10, "\(program)")
        }
    }

    @Test(arguments: names)
    func `there are no global data, and no functions outside of programs`(name: String) throws {
        for section in try Self.object(name).sections {
            for prefix in [".data", ".rodata", ".bss", ".kconfig", ".ksyms", ".text"] {
                #expect(!section.hasPrefix(prefix), "\(section)")
            }
        }
    }

    /// Where execution can go on behind an instruction.
    private static func next(
        _ index: Int, in program: [CompiledPrograms.Instruction]
    ) -> [Int] {
        let instruction = program[index]
        switch (instruction.code & 7, instruction.code & 0xf0) {
        case (0, _) where instruction.code == 0x18: return [index + 2]
        case (5, 0x90): return []
        case (5, 0x80): return [index + 1]
        case (5, 0x00): return [index + 1 + Int(instruction.offset)]
        case (5, _), (6, _): return [index + 1, index + 1 + Int(instruction.offset)]
        default: return [index + 1]
        }
    }

    /// A way through the program that comes by an instruction twice: what `check_cfg` of
    /// kernel/bpf/verifier.c calls a back-edge. Jumps to lower addresses alone are none.
    private static func hasLoop(_ program: [CompiledPrograms.Instruction]) -> Bool {
        var isDone = Set<Int>()
        var isOnPath: Set<Int> = [0]
        var path = [(index: 0, rest: next(0, in: program))]
        while let (index, rest) = path.last {
            guard let target = rest.first else {
                isDone.insert(index)
                isOnPath.remove(index)
                path.removeLast()
                continue
            }
            path[path.count - 1].rest.removeFirst()
            if isOnPath.contains(target) { return true }
            guard !isDone.contains(target), program.indices.contains(target) else { continue }
            isOnPath.insert(target)
            path.append((target, next(target, in: program)))
        }
        return false
    }

    @Test(arguments: names)
    func `no program has a loop`(name: String) throws {
        for (program, instructions) in try Self.object(name).programs {
            #expect(!Self.hasLoop(instructions), "\(program)")
        }
    }

    /// The programs for newer kernels have: the search finds them.
    @Test func `loops are found`() throws {
        let programs = try Self.object("record").programs
        #expect(programs.values.contains(where: Self.hasLoop))
    }

    @Test(arguments: names)
    func `only helpers of Linux 4_14 are called, and no functions`(name: String) throws {
        for (program, instructions) in try Self.object(name).programs {
            for call in Self.instructions(instructions) where call.code == 0x85 {
                #expect(call.source == 0, "\(program)")
                #expect(1...Self.lastHelper ~= call.immediate, "\(program): \(call.immediate)")
            }
        }
    }

    @Test(arguments: names)
    func `instructions are of the first set`(name: String) throws {
        for (program, instructions) in try Self.object(name).programs {
            for instruction in Self.instructions(instructions) {
                let operation = instruction.code & 0xf0
                switch instruction.code & 7 {
                case 3 where instruction.code & 0xe0 == 0xc0:
                    // An atomic operation: nothing but an addition that returns nothing.
                    #expect(instruction.immediate == 0, "\(program)")
                case 4:
                    // Of arithmetic in 32 bits, the byte swaps alone.
                    #expect(operation == 0xd0, "\(program): \(instruction)")
                case 5:
                    // Comparisons with "less than" are of the second set.
                    #expect(operation <= 0x90, "\(program): \(instruction)")
                case 6:
                    Issue.record("\(program): a jump by 32 bits")
                default:
                    break
                }
            }
        }
    }
}
