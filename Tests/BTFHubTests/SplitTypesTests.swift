import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Type information of modules, which builds upon that of the kernel.
@Suite(.enabled(if: !KernelTypes.all.isEmpty, "needs a kernel's types"))
struct SplitTypesTests {
    /// A module with `struct our_own_stat { struct task_struct *task; int pid; }`, whose numbers
    /// and strings go on where the kernel's end.
    private func module(on base: BTF) throws -> BTF {
        let task = try #require(try base.types(named: "task_struct").first)
        let integer = try #require(try base.types(named: "int").first)
        let strings = "our_own_stat\0task\0number\0"
        let first = UInt32(base.stringCount)
        let own = UInt32(base.typeCount)
        let words: [UInt32] = [
            // [own] PTR to the kernel's task_struct
            0, UInt32(BTFKind.pointer.rawValue) << 24, task.id.rawValue,
            // [own + 1] STRUCT
            first, UInt32(BTFKind.structure.rawValue) << 24 | 2, 16,
            first + 13, own, 0,
            first + 18, integer.id.rawValue, 64,
        ]
        let types = words.littleEndianBytes
        let header: [UInt32] = [
            0x0001_eb9f, 24, 0, UInt32(types.count), UInt32(types.count),
            UInt32(strings.utf8.count),
        ]
        return try BTF(
            bytes: header.littleEndianBytes + types + Array(strings.utf8), name: "module",
            base: base)
    }

    @Test func `numbers and names go on from the base`() throws {
        let base = try #require(KernelTypes.all.last).open()
        let module = try module(on: base)
        try module.verify()
        let state = try #require(try module.types(named: "our_own_stat").first)
        #expect(Int(state.id.rawValue) == base.typeCount + 1)
        let names = try module.members(of: state).map { try module.text(at: $0.nameOffset) }
        #expect(names == ["task", "number"])
        let pointer = try module.type(module.members(of: state)[0].type)
        #expect(try module.text(at: module.type(pointer.target).nameOffset) == "task_struct")
        #expect(
            try module.byteOffset(of: "tgid", in: "task_struct")
                == base.byteOffset(of: "tgid", in: "task_struct"))
    }

    @Test func `the base's types are minimized through the module`() throws {
        let base = try #require(KernelTypes.all.last).open()
        let objects = [try CoreObjects.open("fields")]
        let small = try Minimizer.minimize(module(on: base), for: objects)
        #expect(small.bytes == (try Minimizer.minimize(base, for: objects)).bytes)
    }

    @Test func `without the base its numbers are errors`() throws {
        let base = try #require(KernelTypes.all.last).open()
        let bytes = try module(on: base).contents
        #expect(throws: BTFError.self) { try BTF(bytes: bytes, name: "alone").verify() }
    }
}
