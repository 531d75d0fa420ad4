import BTFHub
import Bytes
import SystemPackage
import TestSupport
import Testing

/// Types as bpftool, libbpf's own reader, sees them.
@Suite struct ReaderTests {
    /// bpftool's word for a kind.
    private static func word(_ kind: BTFKind) -> String {
        switch kind {
        case .void: "VOID"
        case .integer: "INT"
        case .pointer: "PTR"
        case .array: "ARRAY"
        case .structure: "STRUCT"
        case .union: "UNION"
        case .enumeration: "ENUM"
        case .forward: "FWD"
        case .alias: "TYPEDEF"
        case .volatile: "VOLATILE"
        case .constant: "CONST"
        case .restrict: "RESTRICT"
        case .function: "FUNC"
        case .prototype: "FUNC_PROTO"
        case .variable: "VAR"
        case .dataSection: "DATASEC"
        case .float: "FLOAT"
        case .declarationTag: "DECL_TAG"
        case .typeTag: "TYPE_TAG"
        case .enumeration64: "ENUM64"
        }
    }

    /// Where one is not here, the other tests leave it out; this one is skipped, and says so.
    @Test(
        .enabled(
            if: KernelTypes.missing.isEmpty,
            "no types of \(KernelTypes.missing.joined(separator: ", ")); run scripts/kernel-btf"),
        arguments: KernelTypes.all)
    func `the types of all kernels are here`(kernel: KernelTypes) throws {
        try kernel.open().verify()
    }

    @Test(
        .enabled(
            if: Capability.tool("bpftool").isAvailable, "\(Capability.tool("bpftool").reason)"),
        arguments: KernelTypes.all)
    func `agrees with bpftool on every type and member`(kernel: KernelTypes) async throws {
        let types = try kernel.open()
        let dump = try await run(
            Tool.path("bpftool") ?? "", ["btf", "dump", "file", kernel.path, "format", "raw"]
        ).check().standardOutput
        var own = ""
        for number in 1..<types.typeCount {
            let type = try types.type(BTFTypeID(UInt32(number)))
            let name = type.isAnonymous ? "(anon)" : try types.text(at: type.nameOffset)
            own += "[\(number)] \(Self.word(type.kind)) '\(name)'"
            if type.kind.isComposite {
                own += " size=\(type.size) vlen=\(type.count)"
                for member in types.members(of: type) {
                    let name =
                        member.nameOffset == 0 ? "(anon)" : try types.text(at: member.nameOffset)
                    own += "\n\t'\(name)' type_id=\(member.type.rawValue)"
                    own += " bits_offset=\(member.bitOffset)"
                    if member.bitFieldSize > 0 { own += " bitfield_size=\(member.bitFieldSize)" }
                }
            }
            own += "\n"
        }
        let expected = Self.comparable(dump)
        #expect(own.split(separator: "\n").count == expected.count)
        let difference = zip(own.split(separator: "\n"), expected).first { $0 != $1 }
        #expect(difference == nil)
    }

    /// Of bpftool's lines those, and of each line that part, which is compared.
    private static func comparable(_ dump: String) -> [Substring] {
        var isComposite = false
        return dump.split(separator: "\n").compactMap { line in
            if line.hasPrefix("[") {
                isComposite = line.contains("] STRUCT '") || line.contains("] UNION '")
                guard !isComposite, let first = line.firstIndex(of: "'") else { return line }
                // The rest of other kinds is not written the same way by all versions.
                let rest = line[line.index(after: first)...]
                guard let end = rest.firstIndex(of: "'") else { return line }
                return line[...end]
            }
            return isComposite && line.hasPrefix("\t") ? line : nil
        }
    }

    @Test(arguments: KernelTypes.all)
    func `finds nothing wrong with real kernels`(kernel: KernelTypes) throws {
        let types = try kernel.open()
        try types.verify()
        #expect(types.typeCount > 50_000)
    }

    @Test(
        .enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"),
        arguments: [
            (path: "7/x86_64/3.10.0-957.el7.x86_64", group: 1192, parent: 1208),
            (path: "7/x86_64/3.10.0-1160.el7.x86_64", group: 1192, parent: 1208),
            (path: "8/x86_64/4.18.0-80.el8.x86_64", group: 2308, parent: 2320),
            (path: "8/x86_64/4.18.0-147.el8.x86_64", group: 2308, parent: 2320),
        ])
    func `knows fields of CentOS kernels`(path: String, group: UInt32, parent: UInt32) throws {
        let types = try BTF(path: FilePath("\(CentOSTypes.directory)/\(path).btf"))
        #expect(try types.byteOffset(of: "tgid", in: "task_struct") == group)
        #expect(try types.byteOffset(of: "real_parent", in: "task_struct") == parent)
    }

    @Test func `reads both byte orders alike`() throws {
        let little = try CoreObjects.open("fields")
        let big = try ProgramObject(path: FilePath(CoreObjects.bigEndianPath))
        #expect(big.types?.byteOrder == .big)
        #expect(big.relocations.map(\.access) == little.relocations.map(\.access))
        #expect(big.relocations.map(\.kind) == little.relocations.map(\.kind))
        let (left, right) = (try #require(little.types), try #require(big.types))
        try right.verify()
        for (own, other) in [("task_struct", "tgid"), ("mm_struct", "start_stack")] {
            #expect(
                try left.byteOffset(of: other, in: own) == right.byteOffset(of: other, in: own))
        }
    }

    @Test func `reads functions and source lines`() throws {
        let (types, section) = try CoreObjects.sections("fields")
        let notes = try BTFExtension(section: section, types: types)
        let names = try notes.functions().map { function in
            try types.text(at: try types.type(function.type).nameOffset)
        }
        #expect(names == ["pointers", "nested"])
        let lines = try notes.lines()
        #expect(
            lines.allSatisfy {
                $0.file.hasSuffix("fields.bpf.c") && $0.section == "raw_tp/sys_enter"
            })
        #expect(lines.contains { $0.text.contains("BPF_CORE_READ(task, tgid)") && $0.line > 0 })
    }

    @Test func `a file that is something else is told`() throws {
        let scratch = try ScratchDirectory()
        let text = try scratch.write("hello", to: "text")
        let error = #expect(throws: BTFError.self) { try BTF(path: FilePath(text)) }
        #expect(error?.reason == .notBTF)
        let missing = #expect(throws: BTFError.self) { try BTF(path: "/no/such/file") }
        #expect(missing?.description == "/no/such/file: no such file")
        let program = #expect(throws: BTFError.self) { try BTF(path: "/proc/self/exe") }
        #expect(program?.reason == .noSection(".BTF"))
    }
}
