internal import Symbolizer
internal import SystemPackage

/// What addresses are of: a file, a process, or the kernel.
struct AddressSpace {
    private enum Kind {
        case image(LoadedImage, areFileOffsets: Bool)
        case process(ProcessSnapshot, Symbolizer)
        case kernel(KernelSymbols)
    }

    private let kind: Kind

    /// The addresses a file states, or the offsets in it.
    ///
    /// - Throws: `ELFError` if it cannot be read.
    init(file: String, areFileOffsets: Bool, images: ImageCache) throws {
        let image = try images.image(at: FilePath(file))
        kind = .image(image, areFileOffsets: areFileOffsets)
    }

    /// The addresses of a process.
    ///
    /// - Throws: `ProcessError` if it cannot be examined.
    init(process: ProcessID, images: ImageCache) throws {
        let snapshot = try ProcessSnapshot(of: process)
        let symbolizer = Symbolizer(images: images)
        symbolizer.load(snapshot)
        kind = .process(snapshot, symbolizer)
    }

    /// The addresses of the running kernel.
    ///
    /// - Throws: `KernelSymbolsError` if its symbols cannot be read.
    static func kernel() throws -> AddressSpace {
        AddressSpace(kind: .kernel(try KernelSymbols()))
    }

    private init(kind: Kind) {
        self.kind = kind
    }

    /// Says that many addresses will be asked for.
    func expectMany() {
        if case .image(let image, _) = kind { image.expectMany() }
    }

    /// What is known about an address.
    func location(of address: Address, inlines: Bool) -> CodeLocation {
        switch kind {
        case .image(let image, areFileOffsets: false):
            image.location(of: address, inlines: inlines)
        case .image(let image, areFileOffsets: true):
            image.location(of: FileOffset(address.rawValue), inlines: inlines)
        case .process(let snapshot, let symbolizer):
            symbolizer.location(of: address, in: snapshot, inlines: inlines)
        case .kernel(let symbols): CodeLocation(symbols.frame(for: address))
        }
    }
}
