import BTFHub
import Bytes
import Symbolizer
import SystemPackage
import TestSupport
import Testing

/// Values as the types of a program lay them out; the bytes are those that the compiler has made.
@Suite struct ValueLayoutTests {
    /// A variable of a program: its fields, and the bytes it starts with.
    private struct Sample {
        let layout: ValueLayout
        let bytes: [UInt8]
        let byteOrder: ByteOrder

        init(_ file: String) throws {
            let path = FilePath("\(TestTarget.buildDirectory)/btf/\(file)")
            let types = try BTF(path: path)
            byteOrder = types.byteOrder
            let variable = try #require(try types.variable(named: "sample"))
            #expect(variable.section == ".rodata")
            layout = try ValueLayout(of: variable.type, in: types)
            let elf = try ELFSectionFile(file: MappedFile(path: path), name: file)
            // The other variables come behind it.
            let section = try #require(elf.sectionBytes(named: ".rodata"))
            bytes = section.bytes.array
        }

        func value(_ name: String) throws -> FieldValue? {
            let field = try #require(layout.field(name))
            return field.value(in: bytes.span.bytes, byteOrder: byteOrder)
        }
    }

    private static let expected: [(String, FieldValue)] = [
        ("byte", .unsigned(250)), ("negative", .signed(-5)), ("yes", .boolean(true)),
        ("aliased", .unsigned(4_000_000_000)), ("large", .signed(-1_234_567_890_123_456_789)),
        ("known", .enumerator("GREEN")), ("unknown", .signed(7)), ("small", .enumerator("SMALL")),
        ("name", .characters(Array("text\0\0\0\0".utf8))),
        ("raw", .list([1, 2, 254, 255].map { .unsigned($0) })),
        ("numbers", .list([-1, 0, 1].map { .signed($0) })),
        ("one.low", .signed(-300)), ("one.letter", .signed(120)),
        ("many[0].low", .signed(1)), ("many[1].low", .signed(2)),
        ("many[1].letter", .signed(98)), ("whole", .unsigned(0x10002)),
        ("low_bits", .unsigned(5)), ("high_bits", .signed(-3)), ("address", .unsigned(0)),
    ]

    @Test(arguments: ["values.bpf.o", "values.be.bpf.o"])
    func `reads what the compiler wrote`(file: String) throws {
        let sample = try Sample(file)
        for (name, value) in Self.expected {
            #expect(try sample.value(name) == value, "\(name)")
        }
        let half: UInt64 = sample.byteOrder == .little ? 2 : 1
        #expect(try sample.value("half") == .unsigned(half))
        #expect(sample.layout.fields.count == Self.expected.count + 2)
    }

    @Test func `has nothing to say of what is cut off`() throws {
        let sample = try Sample("values.bpf.o")
        for count in 0..<sample.layout.size {
            for field in sample.layout.fields {
                let value = field.value(
                    in: Array(sample.bytes[..<count]).span.bytes, byteOrder: .little)
                let end = (field.bitOffset + field.kind.bits + 7) / 8
                #expect((value != nil) == (end <= UInt64(count)), "\(field.name)")
            }
        }
    }

    @Test(
        arguments: [
            ("byte", 255, [255]), ("byte", 256, nil), ("byte", -1, nil), ("negative", -128, [128]),
            ("negative", 128, nil), ("yes", 1, [1]), ("yes", 2, nil), ("numbers", 1, nil),
            ("large", -2, [254, 255, 255, 255, 255, 255, 255, 255]), ("low_bits", 1, nil),
            ("address", 1, nil), ("name", 1, nil),
        ] as [(String, Int64, [UInt8]?)])
    func `writes numbers that fit`(name: String, number: Int64, bytes: [UInt8]?) throws {
        let field = try #require(try Sample("values.bpf.o").layout.field(name))
        #expect(field.kind.encoded(number, byteOrder: .little) == bytes)
        #expect(field.kind.encoded(number, byteOrder: .big) == bytes.map { $0.reversed() })
    }

    @Test(
        arguments: [
            ("", Array(repeating: 0, count: 8)), ("seven77", Array("seven77\0".utf8)),
            ("eight888", nil), ("a\0b", nil),
        ] as [(String, [UInt8]?)])
    func `writes texts that have room`(text: String, bytes: [UInt8]?) throws {
        let field = try #require(try Sample("values.bpf.o").layout.field("name"))
        #expect(field.kind.encoded(text) == bytes)
    }

    @Test(arguments: [
        ("struct everything", true), ("everything", true), ("union everything", false),
        ("struct nothing", false), ("", false), ("struct a b", false), ("count_t", true),
    ])
    func `finds types as C names them`(name: String, isThere: Bool) throws {
        let types = try BTF(path: FilePath("\(TestTarget.buildDirectory)/btf/values.bpf.o"))
        #expect(try (types.type(namedInC: name) != nil) == isThere)
        #expect(try types.variable(named: "no_such_variable") == nil)
    }

    /// Changed types are laid out or refused, in bounded time; whatever they are, no value traps.
    @Test func `survives damaged types`() throws {
        let whole = try BTF(path: FilePath("\(TestTarget.buildDirectory)/btf/values.bpf.o"))
        let value = [UInt8](repeating: 0xa5, count: 64)
        var generator = SeededGenerator(seed: 11)
        var layouts = 0
        for _ in 0..<500 {
            var bytes = whole.contents
            for _ in 0..<4 {
                let place = Int.random(in: 24..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            }
            guard let types = try? BTF(bytes: bytes, name: "damaged") else { continue }
            _ = try? types.variable(named: "sample")
            for number in 1..<types.typeCount {
                let id = BTFTypeID(UInt32(number))
                guard let layout = try? ValueLayout(of: id, in: types) else { continue }
                layouts += 1
                for field in layout.fields {
                    _ = field.value(in: value.span.bytes, byteOrder: .little)
                    _ = field.kind.encoded(-1, byteOrder: .little)
                }
            }
        }
        #expect(layouts > 1_000)
    }

    /// Each structure has two of the next, which would be 2¹⁵ fields.
    @Test func `refuses what has no end`() throws {
        let types = try BTF(bytes: NestedTypes.doubled(depth: 15, leaf: true), name: "doubled")
        let empty = try BTF(bytes: NestedTypes.doubled(depth: 15, leaf: false), name: "empty")
        for types in [types, empty] {
            let last = BTFTypeID(UInt32(types.typeCount - 1))
            #expect(throws: ValueLayout.Fault.self) { try ValueLayout(of: last, in: types) }
        }
    }
}

/// Types that are small, and would be large if all in them were looked at.
private enum NestedTypes {
    /// A number or an empty structure, and structures that each have two of the one before.
    static func doubled(depth: Int, leaf: Bool) -> [UInt8] {
        var words: [UInt32] =
            leaf ? [1, 1 << 24, 1, 8] : [1, 4 << 24, 0]
        for level in 0..<depth {
            let before = UInt32(level + 1)
            let size: UInt32 = leaf ? 2 << UInt32(level) : 0
            words += [1, 4 << 24 | 2, size, 1, before, 0, 1, before, size * 4]
        }
        let strings: [UInt8] = [0, 97, 0]
        let length = UInt32(words.count * 4)
        let header: [UInt32] = [
            0x0001_eb9f, 24, 0, length, length, UInt32(strings.count),
        ]
        return (header + words).flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        } + strings
    }
}
