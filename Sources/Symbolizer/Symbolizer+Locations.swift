extension Symbolizer {
    /// The functions an address of a process belongs to, and where they are in the source.
    package func location(
        of address: Address, in snapshot: ProcessSnapshot, inlines: Bool = true
    ) -> CodeLocation {
        guard let (mapped, offset) = snapshot.location(of: address),
            case .success(let loaded) = loaded(mapped, of: snapshot.process)
        else { return CodeLocation(frame(for: address, in: snapshot)) }
        var location = loaded.location(of: offset, inlines: inlines)
        location.address = address
        location.modulePath = mapped.path
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
