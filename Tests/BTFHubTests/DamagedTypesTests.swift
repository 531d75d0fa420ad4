import Bytes
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Damaged type information is an error or answers something, but never ends the program.
@Suite(.enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct DamagedTypesTests {
    /// Does all that can be done with type information; whether it is without fault.
    @discardableResult
    private func useAll(of bytes: [UInt8], objects: [ProgramObject]) -> Bool {
        do {
            let types = try BTF(bytes: bytes, name: "damaged")
            _ = try? Minimizer.minimize(types, for: objects)
            _ = try? types.byteOffset(of: "no such member", in: "task_struct")
            try types.verify()
            return true
        } catch {
            return false
        }
    }

    private func objects() throws -> [ProgramObject] {
        try (CoreObjects.names + ["ambiguous"]).map(CoreObjects.open)
    }

    private func small() throws -> [UInt8] {
        let path = "\(CentOSTypes.directory)/7/x86_64/3.10.0-1160.el7.x86_64.btf"
        return try BTF(path: FilePath(path)).contents
    }

    @Test func `every cut is an error`() throws {
        let objects = try objects()
        let whole = try small()
        #expect(useAll(of: whole, objects: objects))
        for count in 0..<whole.count {
            #expect(!useAll(of: Array(whole.prefix(count)), objects: objects), "\(count) bytes")
        }
    }

    @Test func `survives flipped bits in a small file`() throws {
        let objects = try objects()
        let original = try small()
        var random = SeededGenerator(defaultSeed: 6)
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            useAll(of: bytes, objects: objects)
        }
    }

    @Test(arguments: KernelTypes.fetched)
    func `survives flipped bits in a whole kernel's`(kernel: KernelTypes) throws {
        let objects = try objects()
        let original = try kernel.open().contents
        var random = SeededGenerator(defaultSeed: 7)
        for _ in 0..<2 {
            var bytes = original
            for _ in 0..<200 {
                bytes[Int.random(in: 24..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            useAll(of: bytes, objects: objects)
        }
    }

    @Test(arguments: [4, 8, 12, 16, 20])
    func `a claim of two gigabytes in the header is an error`(offset: Int) throws {
        var bytes = try small()
        for (index, byte) in [0x00, 0x00, 0x00, 0x80].enumerated() {
            bytes[offset + index] = UInt8(byte)
        }
        #expect(throws: BTFError.self) { try BTF(bytes: bytes, name: "claim").verify() }
    }

    @Test func `an unknown kind is named with its offset`() throws {
        var writer = BTFWriter(byteOrder: .little)
        writer.append(.integer, name: "int", sizeOrTarget: 4)
        writer.append([32])
        writer.append([0, 20 << 24, 0])
        let error = #expect(throws: BTFError.self) { try BTF(bytes: writer.bytes(), name: "new") }
        #expect(error?.reason == .unknownKind(20, offset: 16))
        #expect(error?.description == "new is damaged: unknown kind of type 20 at offset 0x10")
    }

    @Test func `typedefs in a circle are an error`() throws {
        var writer = BTFWriter(byteOrder: .little)
        writer.append(.alias, name: "one", sizeOrTarget: 2)
        writer.append(.alias, name: "two", sizeOrTarget: 1)
        let types = try BTF(bytes: writer.bytes(), name: "circle")
        #expect(throws: BTFError.self) { try types.verify() }
        #expect(throws: BTFError.self) { try types.size(of: BTFTypeID(1)) }
    }

    @Test func `an array of itself is an error`() throws {
        var writer = BTFWriter(byteOrder: .little)
        writer.append(.array, name: "", sizeOrTarget: 0)
        writer.append([1, 0, 2])
        let types = try BTF(bytes: writer.bytes(), name: "circle")
        #expect(throws: BTFError.self) { try types.verify() }
    }

    @Test func `types and names that are not there are errors`() throws {
        var writer = BTFWriter(byteOrder: .big)
        writer.append(.pointer, name: "", sizeOrTarget: 77)
        let pointer = try BTF(bytes: writer.bytes(), name: "pointer")
        #expect(pointer.byteOrder == .big)
        let error = #expect(throws: BTFError.self) { try pointer.verify() }
        #expect(error?.reason == .noType(BTFTypeID(77)))

        writer = BTFWriter(byteOrder: .little)
        writer.append([9_999, UInt32(BTFKind.float.rawValue) << 24, 8])
        let named = try BTF(bytes: writer.bytes(), name: "named")
        let other = #expect(throws: BTFError.self) { try named.verify() }
        #expect(other?.reason == .noString(offset: 9_999))
    }

    /// Twice as many ways on each of 40 levels: looked at one by one, they would never end.
    @Test func `anonymous members by the billions end`() throws {
        var writer = BTFWriter(byteOrder: .little)
        for level in 1...40 {
            let isFirst = level == 1
            writer.append(
                .structure, name: isFirst ? "task_struct" : "", count: level == 40 ? 0 : 2,
                sizeOrTarget: 8)
            if level < 40 { writer.append([0, UInt32(level + 1), 0, 0, UInt32(level + 1), 0]) }
        }
        let types = try BTF(bytes: writer.bytes(), name: "nested")
        let result = try Minimizer.minimize(types, for: [CoreObjects.open("fields")])
        #expect(result.unanswered > 0)
    }

    @Test func `damaged relocations are an error or none`() throws {
        let (types, section) = try CoreObjects.sections("fields")
        let span = section.bytes
        let original = span.array
        for count in 0..<original.count {
            use(Array(original.prefix(count)), types)
        }
        var random = SeededGenerator(defaultSeed: 8)
        for _ in 0..<2_000 {
            var bytes = original
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            use(bytes, types)
        }
        #expect(throws: BTFError.self) {
            try BTFExtension(section: SectionBytes(contents: []), types: types)
        }
    }

    private func use(_ bytes: [UInt8], _ types: BTF) {
        guard let notes = try? BTFExtension(section: SectionBytes(contents: bytes), types: types)
        else { return }
        _ = try? notes.functions()
        _ = try? notes.lines()
        _ = try? notes.relocations()
    }

    @Test func `survives flipped bits in an object`() throws {
        let path = FilePath(CoreObjects.path("arrays"))
        let mapped = try MappedFile(path: path)
        let original = mapped.bytes.array
        let kernel = try BTF(bytes: small(), name: "small")
        var random = SeededGenerator(defaultSeed: 9)
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            let file = MappedFile(contents: bytes)
            guard let object = try? ProgramObject(file: file, name: "damaged") else { continue }
            _ = try? Minimizer.minimize(kernel, for: [object])
        }
    }
}
