import BTFHub
import SystemPackage
import TestSupport
import Testing

/// Small type information answers each relocation as the whole does; libbpf is the judge.
@Suite struct MinimizerTests {
    /// The tag of a program is a hash of its instructions with the relocations applied.
    @Test(
        .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"),
        arguments: KernelTypes.all, CoreObjects.names)
    func `programs come out the same`(kernel: KernelTypes, object: String) async throws {
        let scratch = try ScratchDirectory()
        let small = try Minimizer.minimize(kernel.open(), for: [CoreObjects.open(object)])
        let path = try scratch.write(small.bytes, to: "small.btf")
        var whole = try await CoreObjects.tags(object, types: kernel.path)
        var tags = try await CoreObjects.tags(object, types: path)
        // The number of a type of the kernel is another one in another file, of course.
        whole["target"] = nil
        tags["target"] = nil
        #expect(tags == whole)
        #expect(!tags.isEmpty)
    }

    @Test(
        .enabled(
            if: Capability.tool("bpftool").isAvailable, "\(Capability.tool("bpftool").reason)"),
        arguments: KernelTypes.all, CoreObjects.names)
    func `is never larger than bpftool's`(kernel: KernelTypes, object: String) async throws {
        let scratch = try ScratchDirectory()
        let small = try Minimizer.minimize(kernel.open(), for: [CoreObjects.open(object)])
        let output = scratch.file("bpftool.btf")
        let result = try await run(
            Tool.path("bpftool") ?? "",
            ["gen", "min_core_btf", kernel.path, output, CoreObjects.path(object)])
        guard result.status == 0 else {
            // It cannot keep a type that is only declared, and looks at programs nobody loads.
            #expect(["declared", "unloaded"].contains(object), "\(result)")
            return
        }
        #expect(small.bytes.count <= (try scratch.bytes(of: "bpftool.btf")).count)
    }

    @Test(arguments: KernelTypes.all)
    func `several objects share what they need`(kernel: KernelTypes) async throws {
        let types = try kernel.open()
        let objects = try CoreObjects.names.map(CoreObjects.open)
        let all = try Minimizer.minimize(types, for: objects)
        let each = try objects.map { try Minimizer.minimize(types, for: [$0]).bytes.count }
        #expect(all.bytes.count < each.reduce(0, +))
        try BTF(bytes: all.bytes, name: "all").verify()
    }

    @Test(
        .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"),
        arguments: KernelTypes.all)
    func `programs come out the same from what objects share`(kernel: KernelTypes) async throws {
        let scratch = try ScratchDirectory()
        let objects = try CoreObjects.names.map(CoreObjects.open)
        let all = try Minimizer.minimize(kernel.open(), for: objects)
        let path = try scratch.write(all.bytes, to: "small.btf")
        for name in CoreObjects.names where name != "ids" {
            let whole = try await CoreObjects.tags(name, types: kernel.path)
            #expect(try await CoreObjects.tags(name, types: path) == whole, "\(name)")
        }
    }

    @Test(arguments: KernelTypes.all)
    func `what was made small stays as it is`(kernel: KernelTypes) throws {
        for name in CoreObjects.names {
            let object = try CoreObjects.open(name)
            let small = try Minimizer.minimize(kernel.open(), for: [object]).bytes
            let again = try BTF(bytes: small, name: "small")
            #expect(try Minimizer.minimize(again, for: [object]).bytes == small, "\(name)")
        }
    }

    @Test(arguments: KernelTypes.all)
    func `types that answer differently are an error`(kernel: KernelTypes) throws {
        let object = try CoreObjects.open("ambiguous")
        let error = #expect(throws: MinimizingError.self) {
            try Minimizer.minimize(kernel.open(), for: [object])
        }
        let text = error?.description ?? ""
        #expect(text.contains("raw_tp/sys_enter+0x"))
        #expect(text.contains("type size of struct irq_info"))
        #expect(text.contains("types of the same name differ: ["))
    }

    @Test func `no relocations leave an empty file`() throws {
        let kernel = try #require(KernelTypes.all.first)
        let small = try Minimizer.minimize(kernel.open(), for: [CoreObjects.open("nothing")])
        #expect(small.bytes.count == 25)
        #expect(small.relocations == 0)
    }

    @Test func `every kind of relocation is in the objects`() throws {
        let names = CoreObjects.names + ["ambiguous"]
        let kinds = try names.flatMap { try CoreObjects.open($0).relocations.map(\.kind) }
        #expect(Set(kinds) == Set(RelocationKind.allCases))
    }

    @Test func `only the enumerators asked for are kept`() throws {
        let kernel = try #require(KernelTypes.all.first)
        let small = try Minimizer.minimize(kernel.open(), for: [CoreObjects.open("enums")])
        let types = try BTF(bytes: small.bytes, name: "small")
        let kinds = try #require(try types.types(named: "pid_type").first)
        let names = try types.enumerators(of: kinds).map { try types.text(at: $0.nameOffset) }
        #expect(names == ["PIDTYPE_PID", "PIDTYPE_SID"])
    }
}
