extension Symbolizer {
    /// The vDSO of a process as an image, for its unwind tables, or nil if it could not be read.
    /// Its first byte is the first one of the mapping ``ProcessSnapshot/vdso``.
    package func vdso(of snapshot: ProcessSnapshot) -> ELFImage? {
        codes.code(of: snapshot).vdso?.image
    }

    /// What a JIT compiler told of the function an address of a process is in: its lines and its
    /// unwinding information; nil if it told nothing but a name.
    package func jitFunction(
        for address: Address, in snapshot: ProcessSnapshot
    ) -> JITFunction? {
        codes.code(of: snapshot).jitFunction(at: address)
    }

    /// The name of an address that no file is behind, of module `[jit]`, or else the reason given,
    /// or a better one.
    func frame(
        ofGenerated address: Address, in snapshot: ProcessSnapshot, module: String?,
        or reason: UnknownReason
    ) -> ResolvedFrame {
        var name = ResolvedFrame.Name.unknown(reason)
        switch codes.code(of: snapshot).function(at: address, in: snapshot) {
        case .function(let function, let distance): name = .function(function, offset: distance)
        case .unknown(.noFile): break
        case .unknown(let refusal): if reason == .noFile { name = .unknown(refusal) }
        }
        var path = module
        if case .function = name { path = "[jit]" }
        return ResolvedFrame(address: address, modulePath: path, fileOffset: nil, name: name)
    }
}
