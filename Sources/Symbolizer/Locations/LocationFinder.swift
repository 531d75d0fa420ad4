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
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - inlines: Whether inlined functions are wanted.
    ///   - extent: Is narrowed to addresses of the same functions and lines.
    /// - Returns: What is known, and the reasons for what is not.
    func location(
        of address: Address, inlines: Bool, _ extent: inout Range<UInt64>
    ) -> CodeLocation {
        var location = CodeLocation(
            address: address, modulePath: image.name, fileOffset: image.fileOffset(of: address))
        narrow(&extent, toSegmentOf: address)
        let symbol = symbol(at: address, &extent)
        if let information {
            let names = symbol?.isSized != true
            location.frames =
                sourceFrames(at: address, information, inlines, namesFunction: names, &extent)
                .map(CodeLocation.Frame.init)
        }
        nameOutermost(of: &location, by: symbol)
        if location.frames.first?.position == nil, image.isGo {
            extent.narrow(toOnly: address.rawValue)
            addGoFrames(to: &location, inlines)
        }
        if location.frames.first?.position == nil, location.unknownName != .notCode {
            location.unknownLine = noLine
        }
        return location
    }

    /// What the debugging information tells, which may be of other addresses than the image.
    private func sourceFrames(
        at address: Address, _ information: DebugInformation, _ inlines: Bool,
        namesFunction names: Bool, _ extent: inout Range<UInt64>
    ) -> [SourceFrame] {
        let place = address.rawValue &+ bias
        var around = Range.everywhere
        let frames = information.sourceFrames(
            at: Address(place), inlines: inlines, namesFunction: names, &around)
        let (value, before) = (address.rawValue, place - around.lowerBound)
        let (end, overflow) = value.addingReportingOverflow(around.upperBound - place)
        extent.narrow(to: value - min(value, before)..<(overflow ? .max : end))
        return frames
    }

    /// Elsewhere, there is nothing of the file.
    private func narrow(_ extent: inout Range<UInt64>, toSegmentOf address: Address) {
        let segment = image.segments.first {
            $0.kind == .load && $0.distance(to: address.rawValue) != nil
        }
        guard let segment else { return extent.narrow(toOnly: address.rawValue) }
        let (end, overflow) = segment.address.addingReportingOverflow(segment.fileSize)
        extent.narrow(to: segment.address..<(overflow ? .max : end))
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

    private func symbol(
        at address: Address, _ extent: inout Range<UInt64>
    ) -> NamedFunctions.Place? {
        if let place = functions.find(address) {
            extent.narrow(to: place.extent)
            return place
        }
        extent.narrow(toOnly: address.rawValue)
        // In an image with sections, those that have a name have been found before.
        let stubs = stubs.value { LinkageTables(of: image) }
        guard let other = stubs.lookup(address) ?? goFunctions?.lookup(address) else { return nil }
        return NamedFunctions.Place(
            name: other.name, offset: address.rawValue - other.address.rawValue, isSized: true,
            extent: extent)
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
