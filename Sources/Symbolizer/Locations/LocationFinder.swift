/// Finds what is known about the addresses of one image.
///
/// A class with all that a look-up needs, so that ten thousand of them copy none of it.
final class LocationFinder: Sendable {
    private let image: ELFImage
    private let catalog: FunctionCatalog
    private let index: SymbolIndex
    private let stubs: Lazy<LinkageTables>
    private let information: DebugInformation?
    private let bias: UInt64
    /// Why an address has no line.
    private let noLine: UnknownReason

    init(of loaded: LoadedImage) {
        let files = loaded.debugFiles
        image = loaded.image
        catalog = loaded.namedFunctions
        index = catalog.index
        stubs = loaded.stubs
        information = loaded.debugInformation
        bias = files.bias
        noLine = information == nil ? .noDebugInformation(files.problems) : .noLine
    }

    /// The functions an address of the image belongs to.
    func location(of address: Address, inlines: Bool) -> CodeLocation {
        var location = CodeLocation(
            address: address, modulePath: image.name, fileOffset: image.fileOffset(of: address))
        if let information {
            let place = Address(address.rawValue &+ bias)
            location.frames = information.sourceFrames(at: place, inlines: inlines)
                .map(CodeLocation.Frame.init)
        }
        nameOutermost(of: &location)
        if location.frames.first?.position == nil, location.unknownName != .notCode {
            location.unknownLine = noLine
        }
        return location
    }

    /// Gives the function around all others its name: that of its symbol, which is there in all
    /// builds of the image and tells parts (`f.cold`) and instances apart. Only where no symbol
    /// is sure to contain the address, the debug information knows better.
    private func nameOutermost(of location: inout CodeLocation) {
        let known = location.frames.last?.name
        guard let symbol = symbol(at: location.address) else {
            if known == nil { location.unknownName = index.reason(for: location.address) }
            return
        }
        if location.frames.isEmpty { location.frames.append(.init(isInlined: false)) }
        let outermost = location.frames.count - 1
        location.frames[outermost].offset = symbol.offset
        if symbol.isSized || known == nil { location.frames[outermost].name = symbol.name }
    }

    /// A symbol an address is in.
    private struct SymbolName {
        var name: String
        var offset: UInt64
        /// Whether its size is known, rather than taken to reach up to the next one.
        var isSized: Bool
    }

    private func symbol(at address: Address) -> SymbolName? {
        if let place = index.find(address) {
            return SymbolName(
                name: catalog.name(ofFunctionAt: place.index), offset: place.offset,
                isSized: place.isSized)
        }
        guard let stub = stubs.value(make: { LinkageTables(of: image) }).lookup(address) else {
            return nil
        }
        return SymbolName(
            name: stub.name, offset: address.rawValue - stub.address.rawValue, isSized: true)
    }
}

extension CodeLocation.Frame {
    /// A function as the debug information has it.
    init(_ frame: SourceFrame) {
        name = frame.linkageName ?? frame.name
        position = frame.file.map {
            SourcePosition(file: $0, line: frame.line, column: frame.column)
        }
        isInlined = frame.isInlined
    }
}
