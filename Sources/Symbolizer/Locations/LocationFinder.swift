/// Finds what is known about the addresses of one image.
///
/// A class with all that a look-up needs, so that ten thousand of them copy none of it.
final class LocationFinder: Sendable {
    private let image: ELFImage
    private let functions: NamedFunctions
    private let stubs: Lazy<LinkageTables>
    private let goTable: Lazy<GoFunctionTable?>
    private let information: DebugInformation?
    private let bias: UInt64
    /// Why an address has no line.
    private let noLine: UnknownReason

    init(of loaded: LoadedImage) {
        let files = loaded.debugFiles
        image = loaded.image
        functions = loaded.namedFunctions
        stubs = loaded.stubs
        goTable = loaded.goTable
        information = loaded.debugInformation
        bias = files.bias
        noLine = information == nil ? .noDebugInformation(files.problems) : .noLine
    }

    /// Prepares for many look-ups.
    func expectMany() { functions.makeAll() }

    /// The functions an address of the image belongs to.
    func location(of address: Address, inlines: Bool) -> CodeLocation {
        var location = CodeLocation(
            address: address, modulePath: image.name, fileOffset: image.fileOffset(of: address))
        let symbol = symbol(at: address)
        if let information {
            let place = Address(address.rawValue &+ bias)
            let names = symbol?.isSized != true
            location.frames =
                information
                .sourceFrames(at: place, inlines: inlines, namesFunction: names)
                .map(CodeLocation.Frame.init)
        }
        nameOutermost(of: &location, by: symbol)
        if location.frames.first?.position == nil { addGoFrames(to: &location, inlines) }
        if location.frames.first?.position == nil, location.unknownName != .notCode {
            location.unknownLine = noLine
        }
        return location
    }

    private var goFunctions: GoFunctionTable? {
        image.isGo ? goTable.value { GoFunctionTable(of: image) } : nil
    }

    /// A stripped Go program keeps its lines and what was inlined.
    private func addGoFrames(to location: inout CodeLocation, _ inlines: Bool) {
        guard location.frames.count == 1,
            let found = goFunctions?.frames(at: location.address), let innermost = found.first
        else { return }
        let frames = inlines ? found : [GoFunctionTable.Frame(name: "", line: innermost.line)]
        location.frames[0].position = frames.last?.line.map(SourcePosition.init)
        let inlined = frames.dropLast().map { frame in
            CodeLocation.Frame(
                name: frame.name, position: frame.line.map(SourcePosition.init), isInlined: true)
        }
        location.frames.insert(contentsOf: inlined, at: 0)
    }

    /// Gives the function around all others its name: that of its symbol, which is there in all
    /// builds of the image and tells parts (`f.cold`) and instances apart. Only where no symbol
    /// is sure to contain the address, the debug information knows better.
    private func nameOutermost(
        of location: inout CodeLocation, by symbol: NamedFunctions.Place?
    ) {
        let known = location.frames.last?.name
        guard let symbol else {
            if known == nil { location.unknownName = functions.reason(for: location.address) }
            return
        }
        if location.frames.isEmpty { location.frames.append(.init(isInlined: false)) }
        let outermost = location.frames.count - 1
        location.frames[outermost].offset = symbol.offset
        if symbol.isSized || known == nil { location.frames[outermost].name = symbol.name }
    }

    private func symbol(at address: Address) -> NamedFunctions.Place? {
        if let place = functions.find(address) { return place }
        let stubs = stubs.value { LinkageTables(of: image) }
        guard let other = stubs.lookup(address) ?? goFunctions?.lookup(address) else { return nil }
        return NamedFunctions.Place(
            name: other.name, offset: address.rawValue - other.address.rawValue, isSized: true)
    }
}

extension SourcePosition {
    /// A line of a Go program.
    fileprivate init(_ line: GoFunctionTable.Line) {
        self.init(file: line.file, line: Int(line.line), column: 0)
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
