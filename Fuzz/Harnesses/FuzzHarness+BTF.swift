internal import BTFHub
internal import Bytes

extension FuzzHarness {
    /// Type information, and all that can be asked of it.
    static let btf = FuzzHarness("btf") { bytes in
        guard let types = try? BTF(bytes: bytes, name: "fuzz") else { return }
        try? types.verify()
        _ = try? types.byteOffset(of: "tgid", in: "task_struct")
    }

    /// A BPF object: its relocations, decided with its own types.
    static let programObject = FuzzHarness("program-object") { bytes in
        let file = MappedFile(contents: bytes)
        guard let object = try? ProgramObject(file: file, name: "fuzz"), let types = object.types
        else { return }
        _ = try? Minimizer.minimize(types, for: [object])
    }

    /// An export of many kernels' types.
    static let export = FuzzHarness("export") { bytes in
        guard let export = try? Export(bytes: bytes, name: "fuzz"),
            let records = try? export.records()
        else { return }
        for record in records.prefix(16) { _ = try? export.types(of: record) }
    }
}
