extension Symbolizer {
    /// The functions an address of a process belongs to, and where they are in the source.
    package func location(
        of address: Address, in snapshot: ProcessSnapshot, inlines: Bool = true
    ) -> CodeLocation {
        guard let (mapped, offset) = snapshot.location(of: address),
            case .success(let loaded) = loaded(mapped, of: snapshot.process)
        else { return location(ofGenerated: address, in: snapshot) }
        var location = loaded.location(of: offset, inlines: inlines)
        location.address = address
        location.modulePath = mapped.path
        return location
    }

    /// What is known about an address that no file is behind: its name, and the line if a JIT
    /// compiler told it.
    private func location(ofGenerated address: Address, in snapshot: ProcessSnapshot)
        -> CodeLocation
    {
        var location = CodeLocation(frame(for: address, in: snapshot))
        guard location.frames.count == 1,
            let line = jitFunction(for: address, in: snapshot)?.line(at: address)
        else { return location }
        location.frames[0].position = SourcePosition(
            file: line.file, line: Int(line.line), column: 0)
        location.unknownLine = nil
        return location
    }
}

extension CodeLocation {
    /// What is known about an address by names alone.
    package init(_ frame: ResolvedFrame) {
        address = frame.address
        modulePath = frame.modulePath
        fileOffset = frame.fileOffset
        switch frame.name {
        case .function(let function, let offset):
            frames = [Frame(name: function.name, isInlined: false, offset: offset)]
            unknownLine = .noDebugInformation([])
        case .unknown(let reason):
            unknownName = reason
            unknownLine = reason
        }
    }
}
