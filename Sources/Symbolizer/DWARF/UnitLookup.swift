/// Puts together what a unit knows about an address.
struct UnitLookup {
    /// The unit with the lines and addresses: the skeleton of a split unit.
    let unit: Unit
    /// The unit with the functions.
    let body: Unit
    /// Whether the function that has the code is to be named.
    let namesFunction: Bool

    /// What was found.
    struct Result {
        /// The innermost inlined call first.
        var frames: [SourceFrame]
        /// Whether it is in a function, rather than just of a line.
        var hasFunction: Bool
    }

    /// A place in the source.
    private struct Location {
        var file: String?
        var line = 0
        var column = 0
    }

    /// The functions and lines of an address.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - inlines: Whether inlined calls are wanted.
    ///   - extent: Is narrowed to addresses of which the same is known.
    /// - Returns: What was found, or nil where the unit knows neither.
    func frames(
        at address: UInt64, inlines: Bool, _ extent: inout Range<UInt64>
    ) -> Result? {
        let row = unit.rows.row(at: address, &extent)
        var location = Location()
        if let row {
            location = Location(
                file: unit.path(ofFile: UInt64(row.file)), line: Int(row.line),
                column: Int(row.column))
        }
        guard let (table, index) = function(at: address, &extent) else {
            guard row != nil else { return nil }
            return Result(frames: [frame(EntryName(), location)], hasFunction: false)
        }
        var frames: [SourceFrame] = []
        if inlines, let inlined = table.inlines(of: index, in: body) {
            inlined.forEach(at: address, &extent) { call in
                frames.append(frame(name(of: call.origin), location, isInlined: true))
                location = self.location(of: call)
            }
        }
        let entry = table.function(index).entry
        let functionName =
            namesFunction ? body.file.name(of: entry, in: body.header) : EntryName()
        frames.append(frame(functionName, location))
        return Result(frames: frames, hasFunction: true)
    }

    private func function(
        at address: UInt64, _ extent: inout Range<UInt64>
    ) -> (FunctionTable, UInt32)? {
        let quick = body.functions
        if let index = quick.index(at: address, &extent) { return (quick, index) }
        guard !quick.isComplete else { return nil }
        let all = body.allFunctions
        return all.index(at: address, &extent).map { (all, $0) }
    }

    private func name(of origin: EntryReference) -> EntryName {
        guard origin.isSupplementary else {
            return body.file.name(of: origin.offset, in: body.header)
        }
        return body.file.supplementary?.name(of: origin.offset) ?? EntryName()
    }

    private func location(of call: InlineTable.Call) -> Location {
        Location(
            file: call.file.flatMap { unit.path(ofFile: $0) }, line: Int(clamping: call.line),
            column: Int(clamping: call.column))
    }

    private func frame(
        _ name: EntryName, _ location: Location, isInlined: Bool = false
    ) -> SourceFrame {
        SourceFrame(
            linkageName: name.linkageName, name: name.name, file: location.file,
            line: location.line, column: location.column, isInlined: isInlined,
            declarationLine: name.line.map { Int(clamping: $0) })
    }
}
