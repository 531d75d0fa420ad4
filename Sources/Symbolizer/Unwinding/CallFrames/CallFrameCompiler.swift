internal import Bytes

/// Compiles the entries of call frame information into functions and their rows.
struct CallFrameCompiler {
    /// The rows of all functions: distances from the function's start, and rules.
    private(set) var rows: [UnwindRows.Entry] = []
    /// The rules of the rows.
    private(set) var rules: UnwindRuleSet
    /// How many entries could not be used.
    private(set) var invalidEntries = 0

    private let code: CodeSegments

    /// More rows than images have: `swift-frontend`, 110 MB of code, has 2.3 million.
    private static let mostRows = 1 << 24

    /// Starts with nothing.
    init(code: CodeSegments, tracksRBX: Bool) {
        self.code = code
        rules = UnwindRuleSet(tracksRBX: tracksRBX)
    }

    /// Compiles all entries of a section, one after the other. A length of zero ends what one of
    /// the linked files brought, or the section, if that is all that tells its end.
    mutating func functions(
        of section: CallFrameSection, isEndedByZero: Bool = false
    ) -> [UnwindFunction] {
        var functions: [UnwindFunction] = []
        var commons = CommonFrameCache(section: section)
        var offset = 0
        while offset < section.contents.bytes.byteCount {
            guard let (entry, next) = try? section.entry(at: offset) else {
                invalidEntries += 1
                break
            }
            if entry == nil, isEndedByZero { break }
            if let entry, let function = function(entry, of: section, &commons) {
                functions.append(function)
            }
            offset = next
        }
        return functions
    }

    /// Compiles the entries at some offsets of a section.
    mutating func functions(
        of section: CallFrameSection, at offsets: [Int]
    ) -> [UnwindFunction] {
        var functions: [UnwindFunction] = []
        var commons = CommonFrameCache(section: section)
        var last = -1
        for offset in offsets.sorted() where offset != last {
            last = offset
            guard let entry = try? section.entry(at: offset).entry else {
                invalidEntries += 1
                continue
            }
            if let function = function(entry, of: section, &commons) { functions.append(function) }
        }
        return functions
    }

    /// Compiles an entry; nil for a common part, and for what cannot be used.
    private mutating func function(
        _ entry: CallFrameSection.Entry, of section: CallFrameSection,
        _ commons: inout CommonFrameCache
    ) -> UnwindFunction? {
        guard let offset = entry.common else { return nil }
        do {
            let common = try commons.common(at: offset)
            try commons.spend(entry.body.count)
            let description = try FrameDescription(parsing: entry, of: section, common.information)
            guard let addresses = try addresses(of: description) else { return nil }
            return try compile(description, addresses, common, section)
        } catch {
            invalidEntries += 1
            return nil
        }
    }

    /// The addresses of a function; nil if it has none, because the linker removed it.
    private func addresses(
        of description: FrameDescription
    ) throws(CallFrameError) -> Range<UInt64>? {
        // Linkers leave zero, one or -1 for the start of what they removed.
        guard description.size > 0, description.start > 0, code.contain(description.start) else {
            return nil
        }
        let (end, wraps) = description.start.addingReportingOverflow(description.size)
        guard !wraps, code.contain(description.start..<end) else { throw CallFrameError() }
        return description.start..<end
    }

    /// Compiles the rows of a function.
    private mutating func compile(
        _ description: FrameDescription, _ addresses: Range<UInt64>,
        _ common: CommonFrameCache.Common, _ section: CallFrameSection
    ) throws(CallFrameError) -> UnwindFunction {
        guard rows.count < Self.mostRows else { throw CallFrameError() }
        let first = rows.count
        var bases = section.bases
        bases.function = addresses.lowerBound
        var machine = CallFrameMachine(
            bytes: section.contents, bases: bases, common: common.information,
            initial: common.state, start: addresses.lowerBound)
        do {
            try machine.run(description.instructions) { state, location in
                let rule = number(of: state, common.information, section)
                append(rule, at: location, of: addresses, first)
            }
            let rule = number(of: machine.state, common.information, section)
            append(rule, at: machine.location, of: addresses, first)
        } catch {
            // Where the function is, is known: nothing else may be taken for its rules.
            rows.removeLast(rows.count - first)
            append(
                rules.number(of: .unsupported(.malformed)), at: addresses.lowerBound,
                of: addresses, first)
            invalidEntries += 1
        }
        return UnwindFunction(
            addresses: addresses, rows: first..<rows.count,
            canBeTrampoline: section.format == .debugging)
    }

    /// The number of the rule for a state.
    private mutating func number(
        of state: CallFrameState, _ common: CommonFrameInformation, _ section: CallFrameSection
    ) -> UInt32 {
        if common.isSignalFrame, SignalTrampoline.describes(state, in: section.contents.bytes) {
            return rules.number(of: .signalFrame)
        }
        return rules.number(of: state, in: section.contents.bytes)
    }

    /// Adds a row, unless it is behind the function's end or says what the one before it does.
    private mutating func append(
        _ rule: UInt32, at location: UInt64, of addresses: Range<UInt64>, _ first: Int
    ) {
        guard addresses.contains(location),
            let offset = UInt32(exactly: location - addresses.lowerBound)
        else { return }
        if rows.count > first, rows[rows.count - 1].rule == rule { return }
        rows.append(UnwindRows.Entry(offset: offset, rule: rule))
    }
}
