internal import Bytes

/// Where the unwind information of an image is.
struct UnwindSource {
    private let image: ELFImage
    private let code: CodeSegments

    /// Looks at an image.
    init(image: ELFImage) {
        self.image = image
        code = CodeSegments(of: image)
    }

    /// Compiles all there is.
    ///
    /// - Parameter tracksRBX: Whether the rules say where `rbx` is.
    /// - Returns: The table, and whether a rule needs `rbx`.
    func table(tracksRBX: Bool) -> (table: UnwindTable, needsRBX: Bool) {
        var compiler = CallFrameCompiler(code: code, tracksRBX: tracksRBX)
        var functions = exceptionFunctions(&compiler)
        if let section = debugSection {
            functions = Self.merged(functions, Self.sorted(compiler.functions(of: section)))
        }
        let builder = UnwindTableBuilder(image: image, rows: compiler.rows, rules: compiler.rules)
        let table = builder.table(of: functions, invalidEntries: compiler.invalidEntries)
        return (table, compiler.rules.needsRBX)
    }

    /// The functions of `.eh_frame`.
    private func exceptionFunctions(_ compiler: inout CallFrameCompiler) -> [UnwindFunction] {
        if let header = image.section(named: ".eh_frame"),
            let contents = image.sectionBytes(named: ".eh_frame")
        {
            let bases = PointerEncoding.Bases(section: header.address)
            let section = CallFrameSection(contents: contents, format: .exceptions, bases: bases)
            let functions = compiler.functions(of: section)
            if !functions.isEmpty { return Self.sorted(functions) }
        }
        return Self.sorted(indexedFunctions(&compiler))
    }

    /// The functions of `.eh_frame` without the help of section headers.
    private func indexedFunctions(_ compiler: inout CallFrameCompiler) -> [UnwindFunction] {
        guard let segment = image.segments.first(where: { $0.kind == .unwindIndex }),
            let bytes = try? image.file.bytes.slice(at: segment.offset, count: segment.fileSize),
            let index = try? CallFrameIndex(parsing: bytes, address: segment.address),
            let section = section(at: index.section, indexedAt: segment.address)
        else { return [] }
        guard !index.entries.isEmpty else {
            return compiler.functions(of: section, isEndedByZero: true)
        }
        let offsets = index.entries.compactMap { Int(exactly: $0 &- index.section) }
        return compiler.functions(of: section, at: offsets)
    }

    /// What is from the start of `.eh_frame` to the end of its segment.
    private func section(at address: UInt64, indexedAt index: UInt64) -> CallFrameSection? {
        for segment in image.segments where segment.kind == .load {
            guard let distance = segment.distance(to: address),
                let start = Int(exactly: segment.offset &+ distance),
                let end = Int(exactly: segment.offset &+ segment.fileSize), start <= end
            else { continue }
            return CallFrameSection(
                contents: SectionBytes(image.file, range: start..<end), format: .exceptions,
                bases: PointerEncoding.Bases(section: address, index: index))
        }
        return nil
    }

    private var debugSection: CallFrameSection? {
        image.sectionBytes(named: ".debug_frame").map { contents in
            CallFrameSection(
                contents: contents, format: .debugging, bases: PointerEncoding.Bases())
        }
    }

    /// Functions by their first addresses; of several at one address, the first that is listed is
    /// first.
    private static func sorted(_ functions: [UnwindFunction]) -> [UnwindFunction] {
        functions.sorted { $0.addresses.lowerBound < $1.addresses.lowerBound }
    }

    /// Some functions, and of others those that overlap none of them.
    private static func merged(
        _ functions: [UnwindFunction], _ others: [UnwindFunction]
    ) -> [UnwindFunction] {
        var merged: [UnwindFunction] = []
        merged.reserveCapacity(functions.count + others.count)
        var next = 0
        var end: UInt64 = 0
        for other in others {
            while next < functions.count,
                functions[next].addresses.lowerBound <= other.addresses.lowerBound
            {
                merged.append(functions[next])
                end = max(end, functions[next].addresses.upperBound)
                next += 1
            }
            let isBeforeNext =
                next == functions.count
                || other.addresses.upperBound <= functions[next].addresses.lowerBound
            if other.addresses.lowerBound >= end, isBeforeNext { merged.append(other) }
        }
        merged += functions[next...]
        return merged
    }
}
